/** Settings, in the address: `#tuning?share=0.02&arming=8&free-shipping=50`. What is as it was by default is not there. */

/** @typedef {import('./app.d.ts').Tuning} Tuning */

/** As the product has them. @type {Readonly<Tuning>} */
export const TUNING = Object.freeze({ share: 0.05, threshold: null, armingMs: 5000, cooldownMs: 10_000, confidence: {} });
/** What the demo shop says of itself, so that messages have something to say. */
export const SHOP = Object.freeze({
  currency: 'EUR',
  'free-shipping': '50',
  'shipping-price': '4.90',
  'delivery-days': '3',
  'returns-days': '30',
  instalments: '3 Klarna',
  'price-promise': '14',
  'guest-checkout': 'true',
});

/** Names in the address, what they set, and the bounds it is kept in. */
const NUMBERS = {
  share: { of: 'share', least: 0.001, most: 0.5, scale: 1 },
  risk: { of: 'threshold', least: 0, most: 1, scale: 1 },
  arming: { of: 'armingMs', least: 0, most: 60, scale: 1000 },
  cooldown: { of: 'cooldownMs', least: 0, most: 120, scale: 1000 },
};
const CONFIDENCE = 'confidence.';
/** An attribute that was taken away stands there as this. */
const NONE = '-';

/** @param {number} value */
const short = (value) => String(Number(value.toFixed(4)));

/** @param {URLSearchParams} query */
function readTuning(query) {
  /** @type {any} */
  const tuning = { ...TUNING, confidence: {} };
  for (const [name, { of, least, most, scale }] of Object.entries(NUMBERS)) {
    const text = query.get(name);
    const value = Number(text);
    if (text && Number.isFinite(value)) tuning[of] = Math.min(most, Math.max(least, value)) * scale;
  }
  for (const [name, text] of query) {
    const value = Number(text);
    if (name.startsWith(CONFIDENCE) && value > 0 && value <= 1) tuning.confidence[name.slice(CONFIDENCE.length)] = value;
  }
  return /** @type {Tuning} */ (tuning);
}

/** @param {URLSearchParams} query */
function readAttributes(query) {
  /** @type {Record<string, string>} */
  const attributes = { ...SHOP };
  for (const [name, text] of query) {
    if (name in NUMBERS || name.startsWith(CONFIDENCE) || name === 'plays' || name === 'own' || !/^[a-z-]{2,40}$/.test(name)) continue;
    if (text === NONE) delete attributes[name];
    else attributes[name] = text;
  }
  return attributes;
}

/** @param {URLSearchParams} query @param {string} name @returns {any} undefined: none, or no JSON */
function readJson(query, name) {
  try {
    return JSON.parse(query.get(name) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** @param {unknown} value @returns {value is Record<string, any>} */
const isObject = (value) => Boolean(value) && typeof value === 'object' && !Array.isArray(value);
/** @param {unknown} value */
const isTexts = (value) => isObject(value) && Object.values(value).every((text) => typeof text === 'string');

/** Whoever made the address may have made it up: what is not of the form that the views write is left out. @param {URLSearchParams} query */
function readPlays(query) {
  const plays = readJson(query, 'plays');
  return Array.isArray(plays) && plays.every(isObject) ? plays : null;
}

/** @param {URLSearchParams} query @returns {import('./app.d.ts').Own} */
function readOwn(query) {
  const own = readJson(query, 'own');
  if (!isObject(own)) return {};
  const { messages, offers, style } = own;
  const { discount, alternatives } = isObject(offers) ? offers : {};
  const isWords = isObject(messages) && Object.values(messages).every((language) => isObject(language) && Object.values(language).every(isTexts));
  const isOffered = isObject(offers) && (!discount || isTexts(discount)) && (!alternatives || (Array.isArray(alternatives) && alternatives.every(isTexts)));
  return { ...(isWords && { messages }), ...(isOffered && { offers }), ...(isTexts(style) && { style }) };
}

/** @implements {Omit<import('./app.d.ts').Settings, keyof EventTarget>} */
class Settings extends EventTarget {
  /** @param {URLSearchParams} query */
  constructor(query) {
    super();
    this.tuning = readTuning(query);
    this.attributes = readAttributes(query);
    this.plays = readPlays(query);
    this.own = readOwn(query);
  }

  /** @param {Parameters<import('./app.d.ts').Settings['set']>[0]} change */
  set({ tuning, attributes, plays, own }) {
    if (tuning) this.tuning = { ...this.tuning, ...tuning };
    if (attributes) {
      const merged = Object.entries({ ...this.attributes, ...attributes });
      this.attributes = /** @type {Record<string, string>} */ (Object.fromEntries(merged.filter(([, value]) => value !== null)));
    }
    if (plays !== undefined) this.plays = plays;
    if (own) this.own = own;
    this.dispatchEvent(new Event('change'));
  }

  reset() {
    this.tuning = readTuning(new URLSearchParams());
    this.attributes = { ...SHOP };
    this.plays = null;
    this.own = {};
    this.dispatchEvent(new Event('change'));
  }

  /**
   * @param {import('./engine/types.d.ts').ModelInfo} model
   * @param {Tuning} [tuning]
   * @returns {import('./engine/types.d.ts').Settings}
   */
  forEngine(model, { share, threshold, armingMs, cooldownMs, confidence } = this.tuning) {
    return { threshold: threshold ?? thresholdFor(model, share), armingMs, cooldownMs, confidence };
  }

  query() {
    const query = new URLSearchParams();
    const { tuning } = this;
    for (const [name, { of, scale }] of Object.entries(NUMBERS)) {
      const value = /** @type {any} */ (tuning)[of];
      if (value !== null && value !== /** @type {any} */ (TUNING)[of]) query.set(name, short(value / scale));
    }
    for (const [reason, floor] of Object.entries(tuning.confidence)) query.set(CONFIDENCE + reason, short(floor));
    for (const [name, value] of Object.entries(this.attributes))
      if (value !== /** @type {any} */ (SHOP)[name]) query.set(name, value);
    for (const name of Object.keys(SHOP)) if (!(name in this.attributes)) query.set(name, NONE);
    if (this.plays) query.set('plays', JSON.stringify(this.plays));
    if (Object.keys(this.own).length) query.set('own', JSON.stringify(this.own));
    return query.toString();
  }
}

/**
 * The threshold at which this share of the visits without a leave sees a card, by the model's table: straight lines between its
 * rows, its nearest row beyond them.
 * @param {import('./engine/types.d.ts').ModelInfo} model
 * @param {number} share
 */
export function thresholdFor({ presets }, share) {
  const right = presets.findIndex(([at]) => at >= share);
  if (!presets.length) return 1;
  if (right === 0) return presets[0][1];
  if (right < 0) return presets[presets.length - 1][1];
  const [[x0, y0], [x1, y1]] = [presets[right - 1], presets[right]];
  return y0 + ((y1 - y0) * (share - x0)) / (x1 - x0);
}

/** @param {string} [hash] of the address @returns {import('./app.d.ts').Settings} */
export const readSettings = (hash = location.hash) => new Settings(new URLSearchParams(hash.split('?')[1] ?? ''));
