/**
 * A shop that marks its own pages:
 *
 * - `data-falter-cart="42.60"` on any element: the cart's total. Changes are seen as they happen.
 * - `data-falter-add="ID"`, `data-falter-remove="ID"` on buttons: what the next change of the total is about.
 * - `data-falter-purchase="42.60"` on the page that thanks for an order.
 *
 * Pages are marked by `data-falter-page`, sections by `data-falter`; the engine reads those itself.
 */

/** A press that changes no total within this time was about something else. Slow carts take 2–3 s to answer. */
const PRESS_MS = 8000;

/** @param {string} name @param {Element | null} [within] @returns {string | undefined} */
const mark = (name, within = document.querySelector(`[data-falter-${name}]`)) =>
  within?.closest(`[data-falter-${name}]`)?.getAttribute('data-falter-' + name) ?? undefined;

/** @type {import('./index.js').Connect} */
export function connect(send, ears) {
  let pressed = { op: '', item: '', at: 0 };
  /** NaN: not known yet. */
  let total = NaN;

  const look = () => {
    const value = parseFloat(mark('cart') ?? '');
    if (!(value >= 0) || value === total) return;
    const { op, item, at } = pressed;
    const known = op && performance.now() - at < PRESS_MS;
    // What lay in the cart when we first saw it was neither added nor removed now.
    const seen = total >= 0 ? (value > total ? 'add' : 'remove') : 'quantity';
    if (value || total) send({ s: 'cart', op: known ? op : seen, item: known ? item : undefined, qty: 1, value });
    total = value;
    pressed.op = '';
  };
  look();

  const purchase = mark('purchase');
  // Coming back to the page that thanks is not another order.
  const [arrival] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'));
  if (purchase !== undefined && arrival?.type === 'navigate') send({ s: 'purchase', value: +purchase || 0 });

  document.addEventListener(
    'click',
    (event) => {
      for (const op of ['add', 'remove']) {
        const item = mark(op, /** @type {Element} */ (event.target));
        if (item !== undefined) pressed = { op, item, at: event.timeStamp };
      }
    },
    { signal: ears, capture: true, passive: true },
  );
  // Many carts are drawn only after the page has come.
  const watcher = new MutationObserver(look);
  watcher.observe(document, { subtree: true, childList: true, attributeFilter: ['data-falter-cart'] });
  ears.addEventListener('abort', () => watcher.disconnect());
}
