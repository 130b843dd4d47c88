/** From settings to what a shop would give falter. */

/** @typedef {import('../../app.d.ts').Settings} Settings */

/** Opens nothing here. */
const nothing = () => {};

/** @param {string | undefined} text */
const numberOf = (text) => (text === undefined || text === '' || isNaN(+text) ? text : +text);

/**
 * Offers as `falter.init` takes them.
 * @param {NonNullable<import('../../app.d.ts').Own['offers']>} offers
 * @param {() => void} [act] what chat and saveCart do
 * @returns {Record<string, any>}
 */
export function offersOf({ discount, alternatives, chat, saveCart }, act = nothing) {
  return {
    ...(discount && { discount: { ...discount, percent: numberOf(discount.percent), marginFloor: numberOf(discount.marginFloor) } }),
    ...(alternatives?.length && { alternatives: alternatives.map(({ price, ...rest }) => ({ ...rest, ...(price && { price: numberOf(price) }) })) }),
    ...(chat && { chat: act }),
    ...(saveCart && { saveCart: act }),
  };
}

/**
 * The options of a shop whose page and shopper bring this.
 * @param {Settings} settings
 * @param {Record<string, string>} sample
 * @returns {Record<string, any>}
 */
export function optionsOf({ attributes, own }, { cart: _, leftCart: __, stock, ...sample }) {
  // counted now, as the shop's page would say it
  const more = stock ? { ...sample, stock: /^\d+$/.test(stock) ? `${stock} ${new Date().toISOString()}` : stock } : sample;
  const named = Object.entries({ ...attributes, ...more }).map(([name, value]) => [`data-${name}`, value]);
  return { ...Object.fromEntries(named), messages: own.messages ?? {}, offers: offersOf(own.offers ?? {}) };
}
