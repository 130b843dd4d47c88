/**
 * A Shopify cart as it was last told, by whichever API: what changed since becomes signals.
 */

/**
 * @typedef {{ key: string, item?: string, variant?: string, qty: number }} Line item: the product's id
 * @typedef {{ code: string, applicable: boolean }} Code of a discount
 * @typedef {object} Cart
 * @property {number} value its total before shipping, money
 * @property {Line[]} [lines] undefined: not known
 * @property {Code[]} [codes]
 * @typedef {{ op?: string, key?: string, item?: string, variant?: string, qty?: number }} Change as far as it is told
 */

/** @param {Cart | undefined} cart @returns {Map<string, Line>} */
const byKey = (cart) => new Map((cart?.lines ?? []).map((line) => [line.key, line]));

/** @param {Cart | undefined} before @param {Cart} after @returns {Change[]} what was done */
function compare(before, after) {
  const other = after.value === before?.value ? [] : [{ op: 'quantity' }];
  if (!before?.lines || !after.lines) return other;
  const [old, now] = [byKey(before), byKey(after)];
  const changes = [
    ...[...now.values()].filter(({ key }) => !old.has(key)).map((line) => ({ op: 'add', ...line })),
    ...[...old.values()].filter(({ key }) => !now.has(key)).map((line) => ({ op: 'remove', ...line })),
    ...[...now.values()].filter(({ key, qty }) => old.has(key) && old.get(key)?.qty !== qty).map((line) => ({ op: 'quantity', ...line })),
  ];
  return changes.length ? changes : other;
}

/** @param {import('../index.js').Send} send */
export function openCart(send) {
  /** @type {Cart | undefined} */
  let known;
  /** @param {Change} change @param {number | undefined} value */
  const tell = ({ op, item, qty = 1 }, value) => send({ s: 'cart', op, item, qty, value });
  /** Codes that were given since. @param {Cart} cart @returns {Change[]} */
  const newCodes = ({ codes }) => {
    const old = new Map((known?.codes ?? []).map(({ code, applicable }) => [code, applicable]));
    return (codes ?? [])
      .filter(({ code, applicable }) => old.get(code) !== applicable)
      .map(({ applicable }) => ({ op: applicable ? 'coupon' : 'coupon_failed' }));
  };

  return {
    /** The total, where it is known. */
    value: () => known?.value,
    /** It is looked at; what it came to elsewhere is news too. @param {Cart | undefined} cart undefined: it can't be read */
    seen: (cart) => {
      if (!cart) return;
      if (cart.value !== known?.value && (cart.value || known)) tell({ op: 'quantity' }, cart.value);
      known = { ...known, ...cart };
    },
    /** Something was added; the rest of the cart was not told. @param {Change} what @param {number | undefined} value */
    added: (what, value) => {
      tell({ op: 'add', ...what }, value);
      known = value === undefined ? undefined : { value, codes: known?.codes };
    },
    /** It is not to be had any more, or not that many. */
    failed: () => send({ s: 'problem', what: 'out_of_stock' }),
    /**
     * The shopper changed it.
     * @param {Cart | undefined} cart undefined: nobody told what it came to
     * @param {Change} [told] undefined: what was done shows by the cart alone
     */
    changed: (cart, told) => {
      const codes = cart ? newCodes(cart) : [];
      const seen = cart ? compare(known, cart) : [];
      const line = told?.key ? byKey(known).get(told.key) : cart?.lines?.find(({ variant }) => variant === told?.variant);
      const changes = told ? [{ ...told, item: told.item ?? line?.item ?? told.variant }] : codes.length ? [] : seen;
      for (const change of [...codes, ...changes]) tell(change, cart?.value);
      // where nobody tells the total, what it was is no longer true
      known = cart ?? (told ? undefined : known);
    },
  };
}
