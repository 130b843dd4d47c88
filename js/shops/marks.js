/**
 * A shop that marks its own pages:
 *
 * - `data-falter-cart="42.60"` on any element: the cart's total. Changes are seen as they happen.
 * - `data-falter-add="ID"`, `data-falter-remove="ID"` on buttons: what the next change of the total is about.
 * - `data-falter-purchase="42.60"` on the page that thanks for an order.
 * - `data-falter-problem="payment_failed"` (or out_of_stock, page_error) on what tells the shopper so, once it is to be seen.
 *
 * Pages are marked by `data-falter-page`, sections by `data-falter`; the engine reads those itself.
 */

/** A press that changes no total within this time was about something else. Slow carts take 2–3 s to answer. */
const PRESS_MS = 8000;

/** @param {string} name @param {Element | null} [within] @returns {string | undefined} */
const mark = (name, within = document.querySelector(`[data-falter-${name}]`)) =>
  within?.closest?.(`[data-falter-${name}]`)?.getAttribute('data-falter-' + name) ?? undefined;

/** Whether this page's order was told: falter may start again on the page that thanks. */
let isOrderTold = false;

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

  /** What it told, of each element that did. @type {WeakMap<Element, string>} */
  const told = new WeakMap();
  const lookForProblems = () => {
    for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-falter-problem]'))) {
      // shops keep what they may have to say in the page, out of sight; what is said again is another problem
      const what = element.offsetWidth ? element.dataset.falterProblem ?? '' : '';
      if (what && what !== told.get(element)) send({ s: 'problem', what });
      told.set(element, what);
    }
  };
  lookForProblems();

  const purchase = mark('purchase');
  // Coming back to the page that thanks is not another order.
  const [arrival] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'));
  if (purchase !== undefined && arrival?.type === 'navigate' && !isOrderTold) {
    isOrderTold = true;
    send({ s: 'purchase', value: +purchase || 0 });
  }

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
  const watcher = new MutationObserver(() => {
    look();
    lookForProblems();
  });
  const attributeFilter = ['data-falter-cart', 'data-falter-problem', 'hidden', 'open'];
  watcher.observe(document, { subtree: true, childList: true, attributeFilter });
  ears.addEventListener('abort', () => watcher.disconnect());
}
