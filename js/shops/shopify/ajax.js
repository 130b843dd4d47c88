/**
 * What a theme's own requests to Shopify's Cart Ajax API are answered. No event tells of them and the browser's list of
 * requests has no contents, so `fetch` and `XMLHttpRequest` are passed through: arguments, promise and response are the
 * page's own, nothing throws, and what was put in their place goes when falter stops.
 */

/** With or without the market's folder and `.js`: themes use both. */
const CART = /^(\/[a-z]{2}(-[a-z0-9]+)?)?\/cart(\/(add|change|update|clear))?(\.js|\.json)?$/i;
/** Amounts of this API are hundredths, whatever the currency. */
const HUNDREDTHS = 100;

/**
 * @typedef {ReturnType<typeof import('./cart.js').openCart>} OpenCart
 */

/** The product's id, as pages tell it. @param {any} line */
const itemOf = ({ product_id, variant_id, id }) => String(product_id ?? variant_id ?? id);

/**
 * @param {any} cart an answer that tells the whole cart
 * @returns {import('./cart.js').Cart}
 */
const readCart = ({ items, total_price, discount_codes }) => ({
  value: total_price / HUNDREDTHS,
  lines: items.map((/** @type {any} */ line) => ({
    key: String(line.key ?? line.id),
    item: itemOf(line),
    variant: String(line.variant_id ?? line.id),
    qty: line.quantity,
  })),
  codes: discount_codes,
});

/** How many are added, as the request says; forms, JSON and plain text are all in use. @param {any} body @returns {number} */
function quantityOf(body) {
  try {
    const told =
      typeof body?.get === 'function'
        ? body.get('quantity')
        : /^\s*[{[]/.test(body)
          ? ((/** @type {any} */ given) => given.items?.[0]?.quantity ?? given.quantity)(JSON.parse(body))
          : new URLSearchParams(body).get('quantity');
    return Number(told) || 1;
  } catch {
    return 1;
  }
}

/**
 * @param {OpenCart} cart
 * @param {AbortSignal} ears
 * @param {(variant: string) => string | undefined} productOf
 */
export function readAnswers(cart, ears, productOf) {
  /**
   * @param {string} path
   * @param {number} status
   * @param {any} answer
   * @param {any} body of the request
   */
  const take = (path, status, answer, body) => {
    if (ears.aborted || !answer || typeof answer !== 'object') return;
    const isAdd = /\/add(\.|$)/i.test(path);
    if (status === 422 && isAdd) cart.failed();
    if (status >= 400) return;
    const isWhole = Array.isArray(answer.items) && answer.total_price >= 0;
    if (isWhole) return /\/cart(\.|$)/.test(path) ? cart.seen(readCart(answer)) : cart.changed(readCart(answer));
    const [line] = answer.items ?? [answer];
    if (!isAdd || !(line?.quantity > 0)) return;
    // The answer to an add is its lines, each as it is now; what the cart comes to is the sum before and what came.
    const qty = quantityOf(body);
    const before = cart.value();
    const sum = Math.round(Number(before) * HUNDREDTHS + (line.final_price ?? line.price) * qty) / HUNDREDTHS;
    cart.added({ item: itemOf(line), qty }, sum >= 0 && !(answer.items?.length > 1) ? sum : undefined);
  };

  const page = /** @type {any} */ (window);
  const { fetch } = page;
  /** @this {any} @param {any[]} given */
  function heard(...given) {
    const answer = fetch.apply(this ?? page, given);
    if (!ears.aborted)
      answer.then((/** @type {Response} */ response) => listen(response, given[1]?.body)).catch(() => {});
    return answer;
  }
  /** @param {Response} response @param {any} body */
  const listen = (response, body) => {
    try {
      const path = pathOf(response.url);
      if (!path || !/json|javascript/.test(response.headers.get('content-type') ?? '')) return;
      // an answer of another form says nothing
      response
        .clone()
        .json()
        .then((answer) => take(path, response.status, answer, body))
        .catch(() => {});
    } catch {
      // a response that can't be read twice is the page's alone
    }
  };
  page.fetch = heard;

  const { prototype } = XMLHttpRequest;
  const { send } = prototype;
  /** @this {XMLHttpRequest} @param {any} body */
  function sent(body) {
    if (!ears.aborted)
      this.addEventListener(
        'load',
        () => {
          try {
            const path = pathOf(this.responseURL);
            if (path) take(path, this.status, this.responseType === 'json' ? this.response : JSON.parse(this.responseText), body);
          } catch {
            // not JSON, or not text: it tells nothing of the cart
          }
        },
        { once: true, signal: ears },
      );
    return send.apply(this, /** @type {any} */ (arguments));
  }
  prototype.send = sent;

  // A form that no script sends: the next page is the cart.
  document.addEventListener(
    'submit',
    (event) => {
      const form = /** @type {HTMLFormElement} */ (event.target);
      try {
        if (event.defaultPrevented || !/\/cart\/add\/?$/.test(pathOf(form.action, /./) ?? '')) return;
        const given = new FormData(form);
        const variant = String(given.get('id') ?? '');
        cart.added({ item: productOf(variant) ?? variant, qty: quantityOf(given) }, undefined);
      } catch {
        // a page's own event of that name, not a form's
      }
    },
    { signal: ears },
  );

  ears.addEventListener('abort', () => {
    // Someone who wrapped them after us still calls ours, which from now on only pass on.
    if (page.fetch === heard) page.fetch = fetch;
    if (prototype.send === sent) prototype.send = send;
  });
}

/** @param {string} url @param {RegExp} [wanted] @returns {string | undefined} undefined: it is not of the cart, or not of this shop */
function pathOf(url, wanted = CART) {
  try {
    const { origin, pathname } = new URL(url, document.baseURI);
    return origin === location.origin && wanted.test(pathname) ? pathname : undefined;
  } catch {
    // no address
  }
}
