/**
 * What a page's schema.org markup says of the product it is about (https://schema.org/Product): its id and its price, from
 * JSON-LD (https://www.w3.org/TR/json-ld11/), @graph included, or from microdata. Loaded by product pages of shops whose
 * own events lack them.
 */

/**
 * @typedef {object} Product
 * @property {string} [item] its id: sku, else productID, else a gtin, else its address
 * @property {number} [price] money; of several offers the lowest
 */

/** A page says so much of itself at most; what comes after is not read. */
const NODES_MAX = 2000;
/** Ids in the order they are asked for: the first two are what shops know a product by. */
const IDS = ['sku', 'productID', 'gtin13', 'gtin', 'gtin12', 'gtin14', 'gtin8', 'mpn'];

/** @param {any} value @returns {any[]} */
const list = (value) => (Array.isArray(value) ? value : value == null ? [] : [value]);
/** Types are written alone, in a list, or as addresses. @param {any} node @param {RegExp} type */
const isOf = (node, type) => list(node?.['@type']).some((name) => type.test(String(name)));
/** schema.org's prices have a point and no grouping; many shops group all the same. @param {any} text @returns {number | undefined} */
export const money = (text) => {
  const amount = typeof text === 'number' ? text : parseFloat(String(text ?? '').replace(/,(?=\d{3}(\D|$))/g, ''));
  return amount >= 0 ? amount : undefined;
};
/** @param {(number | undefined)[]} prices */
const lowest = (prices) => Math.min(...prices.map((price) => price ?? Infinity));

/** The prices of an Offer, an AggregateOffer, or of what they are made up of. @param {any} offer @returns {(number | undefined)[]} */
const pricesOf = (offer) => [
  money(offer?.lowPrice ?? offer?.price),
  ...list(offer?.priceSpecification).map((one) => money(one?.price)),
  ...list(offer?.offers).flatMap(pricesOf),
];

/** @param {any} node @returns {Product} */
function readNode(node) {
  const variants = list(node.hasVariant);
  const price = lowest([node, ...variants].flatMap((one) => list(one?.offers)).flatMap(pricesOf));
  const id = node.productGroupID ?? IDS.map((name) => node[name]).find(Boolean) ?? node.url;
  return { item: typeof id === 'string' || typeof id === 'number' ? String(id) : undefined, price: price < Infinity ? price : undefined };
}

/** @param {unknown} url @returns {string | undefined} undefined: it is no address */
function pathOf(url) {
  try {
    // older browsers lack URL.canParse()
    if (typeof url === 'string') return new URL(url, document.baseURI).pathname;
  } catch {
    // what is no address leads nowhere
  }
}

/** Whether an address of the node is that of this page. @param {any} node */
const isHere = (node) =>
  [node.url, node['@id'], ...list(node.offers).map((offer) => offer?.url)].some((url) => pathOf(url) === location.pathname);

/** @returns {any[]} the products that are not part of another one */
function readScripts() {
  /** @type {any[]} */
  const nodes = [];
  for (const { type, text } of document.scripts) {
    if (!/^application\/ld\+json/i.test(type)) continue;
    try {
      nodes.push(JSON.parse(text));
    } catch {
      // not JSON, so it says nothing
    }
  }
  for (let at = 0; at < nodes.length && nodes.length < NODES_MAX; at += 1) {
    const node = nodes[at];
    for (const part of Array.isArray(node) ? node : [...list(node?.['@graph']), ...list(node?.mainEntity)]) nodes.push(part);
  }
  return nodes.filter((node) => isOf(node, /(^|\/)Product(Group)?$/));
}

/** The text of a property, however it is written (HTML standard, 5.2.4). @param {Element | null | undefined} element */
const textOf = (element) =>
  element?.getAttribute('content') ?? element?.getAttribute('href') ?? element?.getAttribute('value') ?? element?.textContent?.trim();

/** @returns {any[]} products as nodes of JSON-LD would have them */
function readItems() {
  const items = [...document.querySelectorAll('[itemscope][itemtype$="schema.org/Product"]')];
  return items
    .filter((item) => !item.parentElement?.closest('[itemscope][itemtype$="schema.org/Product"]'))
    .map((item) => {
      /** @param {string} name */
      const property = (name) => textOf(item.querySelector(`[itemprop="${name}"]`)) || undefined;
      /** @type {Record<string, any>} */
      const node = { offers: { lowPrice: property('lowPrice'), price: property('price') } };
      for (const name of [...IDS, 'url']) node[name] = property(name);
      return node;
    });
}

/**
 * The product that the page is about.
 * @returns {Product | undefined} undefined: none, or several and none of them at this address, as on a list of products
 */
export function readProduct() {
  try {
    const found = readScripts();
    const nodes = found.length ? found : readItems();
    const one = nodes.length > 1 ? nodes.filter(isHere) : nodes;
    return one.length === 1 ? readNode(one[0]) : undefined;
  } catch {
    // markup of another form says nothing
  }
}

/** What the page lacks of marks (js/page.js). @type {import('./index.js').Read} */
export function read() {
  const product = readProduct();
  return product && { falterPage: 'product', falterItem: product.item, falterPrice: product.price };
}
