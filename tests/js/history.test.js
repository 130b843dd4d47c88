import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { KEY, openHistory } from '../../js/history.js';

/** A shopper's browser: storage that can be full or forbidden, a clock and a coin one can set. */
function browser(coin = 0.5) {
  const stored = new Map();
  const page = {
    stored,
    consent: true,
    wall: 1_700_000_000_000,
    broken: '',
    faults: [],
    open: () => openHistory({ allowed: () => page.consent, fault: (error) => page.faults.push(error) }),
  };
  Object.defineProperty(globalThis, 'localStorage', {
    configurable: true,
    get() {
      if (page.broken === 'forbidden') throw new Error('SecurityError');
      return {
        getItem: (key) => stored.get(key) ?? null,
        setItem: (key, value) => {
          if (page.broken === 'full') throw new Error('QuotaExceededError');
          stored.set(key, value);
        },
        removeItem: (key) => stored.delete(key),
      };
    },
  });
  mock.restoreAll();
  mock.method(Date, 'now', () => page.wall);
  mock.method(Math, 'random', () => coin);
  return page;
}

test('someone new has no past', () => {
  const { held_out, dismissals, visits, orders, left_and_returned, shown_ago_ms, purchased_ago_ms } = browser().open().setup(0.1, 0);
  assert.equal(held_out, false);
  assert.deepEqual([dismissals, visits, orders, left_and_returned], [0, 0, 0, 0]);
  assert.deepEqual([shown_ago_ms, purchased_ago_ms], [undefined, undefined], 'never');
});

test('what happened is remembered by the next visit', () => {
  const page = browser();
  const first = page.open();
  first.visit();
  first.shown();
  first.dismissed();
  page.wall += 86_400_000;
  const second = page.open();
  second.visit();
  second.purchased();
  page.wall += 1000;
  const setup = page.open().setup(0, page.wall);
  assert.equal(setup.visits, 2);
  assert.equal(setup.dismissals, 1);
  assert.equal(setup.orders, 1);
  assert.equal(setup.shown_ago_ms, 86_401_000);
  assert.equal(setup.purchased_ago_ms, 1000);
});

test('the side of the holdout is drawn once', () => {
  assert.equal(browser(0.9).open().setup(0.1, 0).held_out, false);
  const page = browser(0.05);
  assert.equal(page.open().setup(0.1, page.wall).held_out, true, 'another browser draws its own');
  assert.equal(page.open().setup(0.1, page.wall).held_out, true);
  assert.equal(page.open().setup(0.04, page.wall).held_out, false, 'a smaller share lets the same shopper in');
});

test('coming back after leaving a cart is counted until an order', () => {
  const page = browser();
  for (let visit = 0; visit < 3; visit++) {
    const history = page.open();
    history.visit();
    history.cart(20);
  }
  assert.equal(page.open().setup(0, page.wall).left_and_returned, 2);
  page.open().cart(0);
  page.open().visit();
  assert.equal(page.open().setup(0, page.wall).left_and_returned, 2, 'an emptied cart was not left');
  page.open().purchased();
  assert.equal(page.open().setup(0, page.wall).left_and_returned, 0);
});

test('without consent nothing is stored, read or drawn', () => {
  const page = browser(0);
  page.consent = false;
  const history = page.open();
  history.visit();
  history.shown();
  assert.equal(page.stored.size, 0);
  assert.equal(history.setup(0.5, page.wall).held_out, false);
  assert.equal(history.setup(0.5, page.wall).visits, 1, 'it is known while the page lives');
  page.consent = true;
  assert.equal(history.setup(0.5, page.wall).held_out, true, 'and kept once that is allowed');
  assert.equal(JSON.parse(page.stored.get(KEY)).shown, page.wall);
});

test('forget removes all, also when consent was withdrawn', () => {
  const page = browser();
  const history = page.open();
  history.visit();
  page.consent = false;
  history.forget();
  assert.equal(page.stored.size, 0);
  assert.equal(history.setup(0, page.wall).visits, 0);
});

for (const broken of ['full', 'forbidden']) {
  test(`storage that is ${broken} is one fault, and the page goes on`, () => {
    const page = browser(0);
    page.broken = broken;
    const history = page.open();
    history.visit();
    history.shown();
    page.wall += 10;
    assert.equal(history.setup(0.5, page.wall).shown_ago_ms, 10, 'no second card in this page');
    assert.equal(history.setup(0.5, page.wall).held_out, false, 'a side that cannot be kept is not taken');
    history.forget();
    assert.equal(page.faults.length, 1);
  });
}

const GARBAGE = [
  '',
  'null',
  '[]',
  '"x"',
  '{',
  '{"v":3,"visits":9}',
  '{"visits":9}',
  '{"v":1,"visits":"9","shown":-5,"orders":null,"bucket":"0"}',
  '{"v":2,"visits":"9","shown":-5,"played":null,"left":"20","welcomed":{},"cart":-1,"bucket":"0"}',
];
for (const text of GARBAGE) {
  test(`stored garbage ${text} is someone new`, () => {
    const page = browser();
    page.stored.set(KEY, text);
    const setup = page.open().setup(0.1, page.wall);
    assert.equal(setup.visits, 0);
    assert.equal(setup.shown_ago_ms, undefined);
    assert.equal(setup.play_shown_ago_ms, undefined);
    assert.equal(setup.left_cart, 0);
    assert.equal(setup.held_out, false);
    assert.deepEqual(page.faults, []);
  });
}

test('two tabs count together', () => {
  const page = browser();
  const [one, two] = [page.open(), page.open()];
  one.visit();
  two.shown();
  one.dismissed();
  const { visits, dismissals, shown_ago_ms } = two.setup(0, page.wall);
  assert.deepEqual([visits, dismissals, shown_ago_ms], [1, 1, 0]);
});

test('a clock set back does not lengthen a wait', () => {
  const page = browser();
  page.open().shown();
  page.wall -= 1e9;
  assert.equal(page.open().setup(0, page.wall).shown_ago_ms, 0);
});

test('on later pages of a visit ages are still as of its start, to which the engine adds the time since', () => {
  const page = browser();
  const before = page.open();
  before.shown();
  before.purchased();
  page.wall += 5000;
  const started = page.wall;
  page.wall += 600_000;
  const { shown_ago_ms, purchased_ago_ms } = page.open().setup(0, started);
  assert.deepEqual([shown_ago_ms, purchased_ago_ms], [5000, 5000]);
});

test('what is stored stays small', () => {
  const page = browser(0.123456789012345);
  page.stored.set(KEY, JSON.stringify({ v: 2, visits: 9998 }));
  const history = page.open();
  for (let i = 0; i < 9; i++) {
    history.visit();
    history.shown();
    history.dismissed();
    history.shown('p');
    history.cart(1e6 / 7 + i / 3);
    history.setup(0.1, page.wall);
  }
  history.purchased();
  history.visit();
  history.cart(1e6 / 7);
  history.visit();
  history.shown('p');
  history.cart(1e6 / 3);
  history.visit();
  history.cart(2e6 / 3);
  const { cart, left, welcomed, visits } = history.setup(0.1, page.wall);
  assert.deepEqual([cart, left, welcomed, visits], [666666.667, 333333.333, 142857.143, 9999]);
  assert.ok(page.stored.get(KEY).length < 250);
});

test('no amount is over a million', () => {
  const page = browser();
  const history = page.open();
  for (const total of [1e300, Infinity]) {
    history.cart(total);
    assert.equal(history.setup(0, page.wall).cart, 1e6);
  }
});

test('the total left behind is welcomed back to once, and not while it stays the same', () => {
  const page = browser();
  /** A visit: what it finds left behind; then a card about it, an order, and the cart's total at its end. */
  const visit = ({ welcomed = false, buys = false, cart = 0 }) => {
    const history = page.open();
    history.visit();
    const { left_cart } = history.setup(0, page.wall);
    if (welcomed) {
      history.shown('welcome_back');
      assert.equal(page.open().setup(0, page.wall).left_cart, 0, 'said is said, on the next page too');
    }
    if (buys) history.purchased();
    history.cart(cart);
    return left_cart;
  };
  assert.equal(visit({ cart: 42.6 }), 0);
  assert.equal(visit({ cart: 42.6 }), 42.6, 'no card');
  assert.equal(visit({ welcomed: true, cart: 42.6 }), 42.6);
  assert.equal(visit({ cart: 42.6 }), 0, 'the same cart again');
  assert.equal(visit({ cart: 50 }), 0);
  assert.equal(visit({}), 50, 'another one');
  assert.equal(visit({ cart: 20 }), 0, 'an emptied one');
  assert.equal(visit({ buys: true }), 20);
  assert.equal(visit({}), 0, 'bought');
});

test('after any card, shown or held out, what they had left is not brought up again', () => {
  const page = browser();
  page.open().visit();
  page.open().cart(20);
  page.open().visit();
  page.open().shown();
  page.open().shown('again in this visit');
  page.open().cart(20);
  page.open().visit();
  assert.equal(page.open().setup(0, page.wall).left_cart, 0);
  page.open().cart(21);
  page.open().visit();
  assert.equal(page.open().setup(0, page.wall).left_cart, 21);
});

test("the plays' own wait begins with a play's card only, whichever side of the holdout", () => {
  for (const coin of [0.01, 0.99]) {
    const page = browser(coin);
    page.open().shown(null);
    page.wall += 1000;
    const first = page.open().setup(0.1, page.wall);
    assert.deepEqual([first.held_out, first.shown_ago_ms, first.play_shown_ago_ms], [coin < 0.1, 1000, undefined]);
    page.open().shown('indecision');
    page.wall += 500;
    const { shown_ago_ms, play_shown_ago_ms } = page.open().setup(0.1, page.wall);
    assert.deepEqual([shown_ago_ms, play_shown_ago_ms], [500, 500]);
  }
});

test('a record of another version is not read', () => {
  for (const v of [1, 3, '2', undefined]) {
    const page = browser(0.5);
    page.stored.set(KEY, JSON.stringify({ v, visits: 7, orders: 2, cart: 1, shown: page.wall - 5, bucket: 0.03 }));
    const history = page.open();
    history.visit();
    const { visits, orders, shown_ago_ms, held_out, left_cart } = history.setup(0.1, page.wall);
    assert.deepEqual([visits, orders, shown_ago_ms, held_out, left_cart], [1, 0, undefined, false, 0]);
    assert.equal(JSON.parse(page.stored.get(KEY)).v, 2);
  }
});

test("words depend on the shopper's bucket, or on the page's where none may be stored", () => {
  const page = browser(0.25);
  /** @param {ReturnType<typeof openHistory>} history */
  const known = (history) => [history.past().visits, history.past().bucket];
  const history = page.open();
  history.visit();
  assert.deepEqual(known(history), [1, 0.25], 'drawn before the side of the holdout was asked for');
  const later = page.open();
  mock.method(Math, 'random', () => 0.75);
  later.visit();
  assert.deepEqual(known(later), [2, 0.25]);

  page.consent = false;
  const memory = page.open();
  memory.visit();
  assert.deepEqual(known(memory), [1, 0.75]);
  assert.equal(memory.setup(0.9, page.wall).held_out, false, 'which decides no side');
  page.stored.clear();
  page.consent = true;
  assert.equal(memory.setup(0.9, page.wall).held_out, true, 'until it can be kept');
  assert.equal(JSON.parse(page.stored.get(KEY)).bucket, 0.75);
});

test('in memory nothing is ever stored, whatever happens', () => {
  const page = browser();
  page.consent = false;
  const history = page.open();
  history.visit();
  history.cart(20);
  history.shown('welcome_back');
  history.dismissed();
  history.purchased();
  history.past();
  history.setup(0.5, page.wall);
  assert.equal(page.stored.size, 0);
});
