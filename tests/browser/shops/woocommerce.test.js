/**
 * A WooCommerce shop: what its scripts trigger and draw when a shopper acts (assets/js/frontend/ of the plugin), and what its
 * blocks do (https://developer.woocommerce.com/docs/cart-and-checkout-dom-events). And the plugin's own folder.
 */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { cardTitle, html, idOf, openShop, runs, signals, tag, visit } from '../support/shops.js';
import { stand } from '../support/stand.js';

/** As much of jQuery's events as WooCommerce's scripts use; the shop's own scripts come first, as they do there. */
const JQUERY = `
  const handlers = [];
  jQuery = (element) => ({
    on: (types, use) => types.split(' ').forEach((type) => handlers.push({ element, type: type.split('.')[0], name: type.split('.')[1], use })),
    off: (types, use) => types.split(' ').forEach((type) => { const [kind, name] = type.split('.');
      const at = handlers.findIndex((one) => one.type === kind && one.name === name && one.use === use); if (at >= 0) handlers.splice(at, 1); }),
    trigger: (type, given = []) => handlers.filter((one) => one.type === type && one.element === element).forEach(({ use }) => use({ type }, ...given)),
  });
  handlersLeft = () => handlers.filter(({ name }) => name === 'falter').length;
  const body = () => jQuery(document.body);
  const mini = (text) => '<p class="woocommerce-mini-cart__total total"><strong>Subtotal:</strong> <span class="woocommerce-Price-amount amount"><bdi>' + text + '</bdi></span></p>';`;
const CLASSIC = `
  // as cart-fragments.js and add-to-cart.js do: the fragments are drawn, then everybody is told
  const answer = (type, total, button) => setTimeout(() => {
    document.querySelector('.widget_shopping_cart_content').innerHTML = total ? mini(total) : '<p class="woocommerce-mini-cart__empty-message">No products in the cart.</p>';
    body().trigger(type, [{}, 'hash', button && [button]]);
  }, 40);
  on = (id, use) => document.getElementById(id).addEventListener('click', use);
  on('add', ({ currentTarget }) => answer('added_to_cart', '1.019,90&nbsp;€', currentTarget));
  on('remove', ({ currentTarget }) => answer('removed_from_cart', '', currentTarget));
  on('coupon', () => { document.querySelector('.notices').innerHTML = '<ul class="woocommerce-error"><li>No such coupon</li></ul>'; body().trigger('applied_coupon', ['nope']); });
  on('pay', () => body().trigger('checkout_error', ['<ul class="woocommerce-error"><li data-id="billing_postcode">Postcode is required</li><li data-id="billing_email">Email</li></ul>']));
  on('declined', () => body().trigger('checkout_error', ['<div class="woocommerce-error">Your card was declined.</div>']));`;
const BLOCKS = `
  wcSettings = { displayCartPricesIncludingTax: true };
  let total = 0, resolved = false;
  asked = 0;
  const listeners = new Set();
  wp = { data: {
    select: (store) => store === 'wc/store/cart' && {
      hasFinishedResolution: (name) => name === 'getCartData' && resolved,
      getCartData: () => { if (!resolved) asked += 1; return { totals: { total_items: String(total - total / 11 | 0), total_items_tax: String(total - (total - total / 11 | 0)), total_discount: '0', total_discount_tax: '0', total_price: String(total + 490), currency_minor_unit: 2 } }; } },
    subscribe: (use) => (listeners.add(use), () => listeners.delete(use)),
  } };
  listenersLeft = () => listeners.size;
  on = (id, use) => document.getElementById(id).addEventListener('click', use);
  const answer = (type, now) => setTimeout(() => {
    document.body.dispatchEvent(new CustomEvent(type, { bubbles: true, detail: {} }));
    setTimeout(() => { total = now; resolved = true; for (const use of listeners) use(); }, 120);
  }, 40);
  on('add', () => answer('wc-blocks_added_to_cart', 3980));
  on('remove', () => answer('wc-blocks_removed_from_cart', 0));`;

const BUTTONS = `<a id="add" class="button add_to_cart_button ajax_add_to_cart" data-product_id="17" data-quantity="2">Add</a>
  <a id="remove" class="remove_from_cart_button" data-product_id="17">×</a><button id="coupon">Apply</button>
  <button id="pay">Place order</button><button id="declined">Place order again</button>
  <div class="notices"></div><div class="widget_shopping_cart_content"></div>`;
/** @type {Record<string, string>} classes of the body, by path */
const CLASSES = {
  '/product/lamp/': 'product-template-default single single-product postid-17 woocommerce woocommerce-page',
  '/product-category/light/': 'archive tax-product_cat term-light woocommerce woocommerce-page',
  '/basket/': 'page-id-5 woocommerce-cart woocommerce-page',
  '/kasse/': 'page-id-6 woocommerce-checkout woocommerce-page',
  '/kasse/order-received/81/': 'page-id-6 woocommerce-checkout woocommerce-page woocommerce-order-received',
  '/mein-konto/': 'page-id-7 woocommerce-account woocommerce-page',
};
/** @type {import('../support/shops.js').Shop} */
const shop = ({ path, query }) => {
  const isBlocks = query.has('blocks');
  const order = `<li class="woocommerce-order-overview__total total">Total: <strong><span class="woocommerce-Price-amount amount">1.019,90&nbsp;€</span></strong></li>`;
  const told = query.get('told');
  const mark = told === null ? '' : `<span data-falter-purchase="${told}" hidden></span>`;
  const plugin = query.has('plugin') ? '<span class="falter-cart" data-falter-cart="39.8" hidden></span>' : '';
  return html(
    `${BUTTONS}${/received/.test(path) && !query.has('bare') ? order : ''}${mark}${plugin}<script>${isBlocks ? BLOCKS : JQUERY + CLASSIC}</script>${tag({ 'data-shop': query.has('any') ? 'auto' : 'woocommerce' })}`,
    { attributes: `class="theme-tarn ${CLASSES[path] ?? 'home'} woocommerce-no-js"` },
  );
};

const here = stand(() => openShop(shop));
/** @param {import('node:test').TestContext} t @param {string} path */
const open = (t, path) => visit(t, here.browser, here.server, path);
const lamp = idOf('17');

test('pages are told by the classes of their body, whatever their address', async (t) => {
  const kinds = [];
  for (const path of Object.keys(CLASSES)) {
    const page = await open(t, `${path}?any`);
    kinds.push((await signals(page, ['page'])).at(-1));
  }
  assert.deepEqual(
    kinds.map(({ page, item }) => [page, item]),
    [['product', lamp], ['category', undefined], ['cart', undefined], ['checkout', undefined], ['thanks', undefined], ['account', undefined]],
  );
});

test("jQuery's events become signals, each with what the mini cart says then", async (t) => {
  const page = await open(t, '/product/lamp/');
  await page.click('#add');
  await signals(page);
  await page.click('#coupon');
  await signals(page);
  await page.click('#remove');
  await signals(page);
  await page.click('#pay');
  await page.click('#declined');
  assert.deepEqual(await signals(page), [
    { s: 'cart', op: 'add', item: lamp, qty: 2, value: 1019.9 },
    { s: 'cart', op: 'coupon_failed', qty: 1, value: 1019.9 },
    { s: 'cart', op: 'remove', item: lamp, qty: 1, value: 0 },
    { s: 'field', what: 'error', type: 'address' },
    { s: 'field', what: 'error', type: 'email' },
    { s: 'problem', what: 'payment_failed' },
  ]);
  assert.deepEqual(here.server.asked, [], 'nothing was asked of the shop');
  await page.evaluate('falter.stop()');
  assert.equal(await page.evaluate('handlersLeft()'), 0);
});

test("the blocks' events, with what their store comes to; a store that is empty is not filled", async (t) => {
  const page = await open(t, '/product/lamp/?blocks');
  assert.equal(await page.evaluate('asked'), 0);
  await page.click('#add');
  await signals(page);
  await page.click('#remove');
  assert.deepEqual(await signals(page), [
    { s: 'cart', op: 'add', item: lamp, qty: 2, value: 39.8 },
    { s: 'cart', op: 'remove', item: lamp, qty: 1, value: 0 },
  ]);
  assert.equal(await page.evaluate('asked'), 0);
  await page.evaluate('falter.stop()');
  assert.equal(await page.evaluate('listenersLeft()'), 0);
});

test('an order is told once, with what it came to; to reload the page that thanks is not another', async (t) => {
  const page = await open(t, '/kasse/order-received/81/');
  assert.deepEqual(await signals(page, ['purchase']), [{ s: 'purchase', value: 1019.9 }]);
  await page.reload();
  await runs(page);
  assert.equal((await signals(page, ['purchase'])).length, 1, 'in all of the visit');
  assert.equal(await page.evaluate('JSON.parse(localStorage.falter).orders'), 1);
});

test("the plugin's mark says what an order came to, and by its empty place that there is none to tell", async (t) => {
  for (const [told, purchases] of /** @type {const} */ ([
    ['39.80', [{ s: 'purchase', value: 39.8 }]],
    ['0.00', [{ s: 'purchase', value: 0 }]],
    ['', []],
  ])) {
    const page = await open(t, `/kasse/order-received/81/?told=${told}`);
    assert.deepEqual(await signals(page, ['purchase']), purchases, `"${told}", with a total on the page`);
  }
});

test('an order whose total cannot be read is not told, least of all as one of nothing', async (t) => {
  const page = await open(t, '/kasse/order-received/81/?bare');
  assert.deepEqual(await signals(page, ['purchase']), []);
});

test("with the plugin the card's amount is the shop's own to the cent", async (t) => {
  const page = await open(t, '/product/lamp/?plugin');
  assert.deepEqual(await signals(page), [{ s: 'cart', op: 'quantity', qty: 1, value: 39.8 }]);
  assert.match(await cardTitle(page), /10\.20/);
});

/** As much of WordPress and WooCommerce as the plugin's orders and settings ask for, and what they come to. */
const WORDPRESS = `
  const ABSPATH = '/';
  $faults = array();
  function __( $text ) { return $text; }
  function esc_html( $text ) { return htmlspecialchars( $text ); }
  function esc_attr( $text ) { return htmlspecialchars( $text ); }
  function sanitize_text_field( $text ) { return trim( $text ); }
  function add_action() {}
  function add_filter() {}
  function add_settings_error( $of, $code ) { $GLOBALS['faults'][] = $code; }
  function wc_get_price_decimals() { return 2; }
  function wc_get_order( $id ) { return isset( $GLOBALS['orders'][ $id ] ) ? $GLOBALS['orders'][ $id ] : false; }
  class Order {
    public $status, $saved = array(), $meta = array();
    function __construct( $status ) { $this->status = $status; }
    function has_status( $status ) { return $status === $this->status; }
    function get_meta( $key ) { return isset( $this->saved[ $key ] ) ? $this->saved[ $key ] : ''; }
    function update_meta_data( $key, $value ) { $this->meta[ $key ] = $value; }
    function save_meta_data() { $this->saved = $this->meta; }
    function get_total() { return 39.8; }
  }
  $orders = array( 1 => new Order( 'processing' ), 2 => new Order( 'failed' ) );
  require getenv( 'PLUGIN' );
  ob_start();
  foreach ( array( 1, 1, 2, 3 ) as $id ) { falter_print_order( $id ); }
  preg_match_all( '/data-falter-purchase="(.*?)"/', ob_get_clean(), $found );
  $kept = array();
  foreach ( array( '49,90', '.5', '30', '2.5', '1e3', '+5', '5.' ) as $text ) {
    $clean = falter_sanitize( array( 'free_shipping' => $text, 'returns_days' => $text, 'consent_from' => 'tcf' ) );
    $kept[] = array( $clean['free_shipping'], $clean['returns_days'], $clean['consent_from'] );
  }
  echo json_encode( array( $found[1], $kept, array_count_values( $faults ) ) );`;

/** CI has it: need_php in xtask/needs.sh. */
const skip = spawnSync('php', ['-v']).error ? 'php is not here' : false;

test("the plugin's order is told once and then has an empty place; settings are numbers as the script reads them", { skip }, () => {
  const plugin = fileURLToPath(new URL('../../../dist/shops/woocommerce/falter/falter.php', import.meta.url));
  const { stdout, stderr } = spawnSync('php', ['-r', WORDPRESS], { encoding: 'utf8', env: { ...process.env, PLUGIN: plugin } });
  assert.equal(stderr, '');
  const [orders, kept, faults] = JSON.parse(stdout);
  assert.deepEqual(orders, ['39.80', '', '', '']);
  assert.deepEqual(
    kept,
    [['49.90', ''], ['.5', ''], ['30', '30'], ['2.5', ''], ['', ''], ['', ''], ['', '']].map((numbers) => [...numbers, 'tcf']),
  );
  assert.deepEqual(faults, { 'falter-returns_days': 6, 'falter-free_shipping': 3 });
});

test('the plugin: the script and all it loads beside it, one version', async () => {
  const folder = new URL('../../../dist/shops/woocommerce/falter/', import.meta.url);
  const files = await readdir(folder, { recursive: true });
  for (const needed of ['falter.php', 'settings.php', 'uninstall.php', 'readme.txt', 'assets/falter.js', 'assets/falter.wasm', 'assets/exit.falter', 'assets/shops/woocommerce.js', 'assets/lang/de.json'])
    assert.ok(files.includes(needed), needed);
  const text = await readFile(new URL('falter.php', folder), 'utf8');
  const { version } = JSON.parse(await readFile(new URL('../../../npm/package.json', folder), 'utf8'));
  assert.match(text, new RegExp(`Version: ${version}\n`));
  assert.doesNotMatch(text, /FALTER_VERSION/);
  for (const file of files.filter((file) => file.endsWith('.php'))) {
    const source = await readFile(new URL(file, folder), 'utf8');
    assert.match(source, /defined\( '(ABSPATH|WP_UNINSTALL_PLUGIN)' \) \|\| exit;/, `${file} cannot be run by itself`);
  }
});

test('the plugin is PHP', { skip }, async () => {
  const folder = new URL('../../../dist/shops/woocommerce/falter/', import.meta.url);
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.php'));
  assert.ok(files.length >= 3);
  for (const file of files) {
    const { status, stdout } = spawnSync('php', ['-l', fileURLToPath(new URL(file, folder))], { encoding: 'utf8' });
    assert.equal(status, 0, stdout);
  }
});
