/**
 * What few shops give: further facts, what a card may offer, and how sure it has to be of a reason. All is read, put in its place among the options,
 * and told to the engine. Loaded by pages of shops that give any of it.
 */

import { demand, readConfidence } from './further/confidence.js';
import { readMore } from './further/read.js';
import { offersSignal, readOffers } from './offers.js';
import { SHARE, factsSignal, refusal } from './options.js';
import { markSections } from './sections.js';

/** The shop may draw parts of its page anew. */
const MARK_MS = 1000;

/** What each may be (js/further/read.js). @type {Record<string, string>} */
const FACTS = {
  instalments: 'up to 4 of 2..60 payments and a provider',
  paymentMethods: 'up to 8 of a name',
  stock: '1..10000 pieces and the time within the last hour, counted at',
  sold: '1..1000000 pieces and 1..720 hours',
  loyaltyPoints: '1..10000000 points',
  orderCount: '0..9999 orders',
  lastOrderDays: '0..3650 days',
  margin: SHARE,
  segment: 'a word',
};

/**
 * @typedef {import('./options.js').Options} Options
 * @typedef {import('./options.js').Fault} Fault
 * @typedef {import('./options.js').Further} Further
 */

/**
 * Reads what the shop gave of facts and offers. What cannot be read is left out.
 * @param {Options} options
 * @param {Further} further facts as they were given; those at fault are taken out
 * @returns {{ facts: Partial<Options['facts']>, offers: Options['offers'], faults: Fault[] }} one fault for each thing that could
 *   not be read
 */
export function readFurther({ offers, facts: { currency } }, further) {
  /** @type {Record<string, any>} */
  const facts = {};
  /** @type {Fault[]} */
  const faults = [];
  for (const [name, { raw, where }] of Object.entries(further)) {
    if (!FACTS[name]) continue;
    const value = readMore(raw, FACTS[name]);
    const lacksCurrency = value && name === 'instalments' && !currency;
    facts[name] = lacksCurrency ? undefined : value;
    if (facts[name] !== undefined) continue;
    const fault = lacksCurrency ? { where: name, message: 'needs a currency' } : { where, message: refusal(raw, FACTS[name]) };
    faults.push({ code: 'bad_fact', ...fault });
    // told once, however often falter starts
    delete further[name];
  }
  const offered = readOffers(offers, currency);
  return { facts, offers: offered.offers, faults: [...faults, ...offered.faults] };
}

/**
 * The `facts` signal of what was read.
 * @param {Partial<Options['facts']>} facts
 * @param {Options['offers']} offers
 * @returns {{ s: 'facts' } & Record<string, any>} numbers, of lists how many; the segment is a word; what was not given has no key
 */
export function furtherSignal({ segment, paymentMethods, stock, sold, ...counts }, offers) {
  const lengths = { paymentMethods: paymentMethods?.length, stock: stock?.count, sold: sold?.count };
  return { ...factsSignal({ ...lengths, ...counts }), ...offersSignal(offers), ...(segment && { segment }) };
}

/**
 * Puts what was read in its place, tells it to the engine, and marks the sections that the shop named.
 * @param {Pick<import('./run.js').Host, 'options' | 'further' | 'fail'>} host
 * @param {import('./further/confidence.js').Engine} engine
 * @param {import('./guard.js').Door['every']} every
 * @param {{ reasons: string[] }} names
 */
export function useFurther({ options, further, fail }, engine, every, { reasons }) {
  const { facts, offers, faults } = readFurther(options, further);
  const { confidence, faults: more } = readConfidence(further, reasons);
  options.offers = offers;
  options.confidence = confidence;
  Object.assign(options.facts, facts);
  if (confidence) demand(engine, confidence, options);
  engine.signal(furtherSignal(facts, offers));
  for (const fault of [...faults, ...more]) fail(fault.code, fault.where, fault);
  const mark = () => markSections(options.sections, fail);
  mark();
  every(MARK_MS, mark);
}
