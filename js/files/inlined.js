/** The card's style sheet, the English texts and every part, inside this very file; other languages as files. */

import { STYLE as LAYOUTS } from '../card/layout-style.js';
import * as more from '../card/more.js';
import { STYLE } from '../card/style.js';
import * as bridges from '../consent/bridges.js';
import * as further from '../further.js';
import english from '../messages/en.json';
import moreEnglish from '../messages/more/en.json';
import * as plays from '../plays.js';
import * as recorder from '../recorder.js';
import * as auto from '../shops/auto.js';
import * as marks from '../shops/marks.js';
import * as schema from '../shops/schema.js';
import * as shopify from '../shops/shopify.js';
import * as woocommerce from '../shops/woocommerce.js';
import * as sinks from '../sinks.js';
import * as tabs from '../tabs.js';
import { readText as fetchText } from './beside.js';

/** @type {Record<string, string>} */
const INSIDE = {
  'card.css': STYLE,
  'card/layouts.css': LAYOUTS,
  'lang/en.json': JSON.stringify(english),
  'lang/more/en.json': JSON.stringify(moreEnglish),
};

/** @type {Record<string, any>} */
const PARTS = {
  further,
  plays,
  recorder,
  sinks,
  tabs,
  'consent/bridges': bridges,
  'card/more': more,
  'shops/auto': auto,
  'shops/marks': marks,
  'shops/schema': schema,
  'shops/shopify': shopify,
  'shops/woocommerce': woocommerce,
};

/**
 * @param {() => string} base folder, ending in '/', of what is not inside
 * @param {string} name
 * @returns {Promise<string>} rejects with an Error that names the file
 */
export async function readText(base, name) {
  return INSIDE[name] ?? fetchText(base, name);
}

/** @type {typeof import('./beside.js').loadPart} */
export const loadPart = async (_base, name) => PARTS[name];
