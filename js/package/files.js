/**
 * The card's style sheet and the English texts inside the package; what not every page needs as modules of its own, which
 * bundlers put aside and browsers fetch on need. So a shop has no file to copy, whatever its language.
 */

import { STYLE as LAYOUTS } from '../card/layout-style.js';
import { STYLE } from '../card/style.js';
import english from '../messages/en.json';

/** @type {Record<string, string>} */
const INSIDE = {
  'card.css': STYLE,
  'card/layouts.css': LAYOUTS,
  'lang/en.json': JSON.stringify(english),
};

/** Written out, since bundlers read them here. @type {Record<string, () => Promise<{ default: object }>>} */
const TEXTS = {
  'lang/ar.json': () => import('../messages/ar.json'),
  'lang/de.json': () => import('../messages/de.json'),
  'lang/es.json': () => import('../messages/es.json'),
  'lang/fr.json': () => import('../messages/fr.json'),
  'lang/it.json': () => import('../messages/it.json'),
  'lang/nl.json': () => import('../messages/nl.json'),
  'lang/pt.json': () => import('../messages/pt.json'),
  'lang/tr.json': () => import('../messages/tr.json'),
  'lang/more/ar.json': () => import('../messages/more/ar.json'),
  'lang/more/de.json': () => import('../messages/more/de.json'),
  'lang/more/en.json': () => import('../messages/more/en.json'),
  'lang/more/es.json': () => import('../messages/more/es.json'),
  'lang/more/fr.json': () => import('../messages/more/fr.json'),
  'lang/more/it.json': () => import('../messages/more/it.json'),
  'lang/more/nl.json': () => import('../messages/more/nl.json'),
  'lang/more/pt.json': () => import('../messages/more/pt.json'),
  'lang/more/tr.json': () => import('../messages/more/tr.json'),
};

/** @type {Record<string, () => Promise<any>>} */
const PARTS = {
  further: () => import('../further.js'),
  plays: () => import('../plays.js'),
  recorder: () => import('../recorder.js'),
  sinks: () => import('../sinks.js'),
  tabs: () => import('../tabs.js'),
  'consent/bridges': () => import('../consent/bridges.js'),
  'card/more': () => import('../card/more.js'),
  'shops/auto': () => import('../shops/auto.js'),
  'shops/marks': () => import('../shops/marks.js'),
  'shops/schema': () => import('../shops/schema.js'),
  'shops/shopify': () => import('../shops/shopify.js'),
  'shops/woocommerce': () => import('../shops/woocommerce.js'),
};

/**
 * @param {() => string} _base not needed here
 * @param {string} name
 * @returns {Promise<string>} rejects with an Error where there is no such file, or its module can't be had
 */
export async function readText(_base, name) {
  return INSIDE[name] ?? JSON.stringify((await TEXTS[name]()).default);
}

/** @type {typeof import('../files/beside.js').loadPart} */
export const loadPart = (_base, name) => PARTS[name]();
