/** From the studio's settings to falter's options: what is as falter has it by itself is left out. */

import { parseOptions } from '../../../../js/options.js';
import { TUNING, thresholdFor } from '../../state.js';
import { offersOf } from '../messages/given.js';

/** @typedef {import('../../app.d.ts').App} App */

const { options: OPTIONS } = parseOptions();
const FACTS = Object.keys(OPTIONS.facts);
/** A name's attribute: the rule of js/options.js. @param {string} name */
const attributeOf = (name) => name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`).replace('g-from', 'g');
/** Attribute → name. */
const NAMES = new Map([...FACTS, ...Object.keys(OPTIONS)].map((name) => [attributeOf(name), name]));
/** Words, whatever they look like. */
const WORDS = /^(currency|instalments|cart-url|help-url|payment-methods|stock|sold|segment|lang)$/;
/** Presets by their share of visits: js/options.js. */
const PRESETS = new Map([[0.02, 'calm'], [0.05, 'balanced'], [0.1, 'eager']]);

/** @param {number} value */
const short = (value) => Number(value.toFixed(4));

/** What attributes hold, as numbers and truths. @param {string} name @param {string} text */
function typed(name, text) {
  if (WORDS.test(name)) return text;
  if (text === 'true' || text === '') return true;
  if (text === 'false') return false;
  return /^\d*\.?\d+$/.test(text) ? Number(text) : text;
}

/**
 * What of the tuning is falter's to know. Cool-down between alerts is not: it is how alerts are counted, and of cards there is one a visit.
 * @param {App} app @returns {Record<string, any>}
 */
function tuned({ settings: { tuning } }) {
  const { share, threshold, armingMs, confidence } = tuning;
  const preset = PRESETS.get(share);
  return {
    ...(threshold !== null && { sensitivity: short(1 - threshold) }),
    ...(threshold === null && share !== TUNING.share && (preset ? { sensitivity: preset } : { shareOfVisits: share })),
    ...(armingMs !== TUNING.armingMs && { arming: armingMs / 1000 }),
    ...(Object.keys(confidence).length && { confidence }),
  };
}

/**
 * @param {App} app
 * @param {() => void} [act] what a chat, and keeping the cart, do
 * @returns {Record<string, any>} as `createFalter` and `falter.init` take them
 */
export function optionsOf(app, act) {
  const { attributes, plays, own } = app.settings;
  /** @type {Record<string, any>} */
  const facts = {};
  /** @type {Record<string, any>} */
  const options = {};
  for (const [attribute, text] of Object.entries(attributes)) {
    const name = NAMES.get(attribute);
    const value = typed(attribute, text);
    if (!name || value === /** @type {any} */ (OPTIONS)[name]) continue;
    (FACTS.includes(name) ? facts : options)[name] = value;
  }
  const offers = offersOf(own.offers ?? {}, act);
  return {
    ...options,
    ...tuned(app),
    ...(Object.keys(facts).length && { facts }),
    ...(Object.keys(offers).length && { offers }),
    ...(own.messages && { messages: own.messages }),
    ...(plays && { plays }),
  };
}

/**
 * The same as a script tag's: what an attribute can hold, and the rest.
 * @param {App} app
 * @returns {{ attributes: [name: string, value: string][], rest: Record<string, any> }} rest: for `window.falter` before the tag
 */
export function tagOf(app) {
  const { facts = {}, confidence, offers, messages, plays, ...options } = optionsOf(app);
  const floors = Object.entries(confidence ?? {}).map(([reason, floor]) => `${reason} ${floor}`);
  const all = Object.entries({ ...options, ...facts, ...(floors.length && { confidence: floors.join(', ') }) });
  return {
    attributes: all.map(([name, value]) => [`data-${attributeOf(name)}`, app.settings.attributes[attributeOf(name)] ?? String(value)]),
    rest: { ...(offers && { offers }), ...(messages && { messages }), ...(plays && { plays }) },
  };
}

/** The risk from which a card may be shown. @param {App} app */
export const thresholdOf = ({ settings: { tuning }, model }) => tuning.threshold ?? thresholdFor(model.info, tuning.share);
