/** Why there was no card, as the chart shows it: name, colour, legend. */

import { html } from '../../shop/html.js';
import { HOLDS } from '../../panel/words.js';
import { ink } from './paint.js';
import { NONE } from './track.js';

/** @typedef {import('../engine/types.js').Names} Names */

/** Few words, for a span. @type {Record<string, string>} */
const SHORT = {
  consent: 'No consent',
  arming: 'Too early',
  risk: 'Not likely',
  busy: 'Busy',
  shown: 'Had its card',
  cooldown: 'Rests',
  purchased: 'Has ordered',
  nothing_to_say: 'Nothing to say',
  holdout: 'Held out',
};

/** @param {Names} names @param {number} hold its place */
export const holdAt = ({ holds }, hold) => (hold === NONE ? 'card' : (holds[hold] ?? ''));

/** @param {Names} names @param {number} hold */
export const holdShort = (names, hold) => (hold === NONE ? 'Card' : (SHORT[holdAt(names, hold)] ?? holdAt(names, hold)));

/** As a sentence. @param {Names} names @param {number} hold */
export const holdName = (names, hold) =>
  hold === NONE ? 'A card comes now.' : (HOLDS.find(([name]) => name === holdAt(names, hold))?.[2] ?? `Held: ${holdAt(names, hold)}.`);

/** @param {Names} names @param {number} hold */
export const holdInk = (names, hold) => (hold === NONE ? ink('blue') : ink(`hold-${holdAt(names, hold).replace('nothing_to_say', 'nothing')}`));

/** What stands in the chart, with its sign. @param {Names} names @param {Iterable<number>} holds those that occur */
export const legend = (names, holds) =>
  html`${[...new Set(holds)]
    .filter((hold) => hold !== NONE)
    .sort((one, other) => one - other)
    .map((hold) => html`<li data-hold="${holdAt(names, hold)}" title="${holdName(names, hold)}"><i></i>${holdShort(names, hold)}</li>`)}`;
