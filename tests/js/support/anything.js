/**
 * What a page may hand to falter by mistake or by malice, drawn by fast-check: any value of any type, and such that bite whoever
 * touches them. What is drawn are makers of values, since fast-check would be bitten too.
 */

import fc from 'fast-check';

const HTML = ['<img src=x onerror=alert(1)>', '"><script>alert(1)</script>', 'javascript:alert(1)', '<b>'];

/** What is thrown is as odd as the rest. */
const thrown = fc.constantFrom(new Error('the page’s own'), null, undefined, 'a text', { message: 7 }, Object.create(null));

/** An object one of whose properties throws. @param {string} key @param {unknown} fault @param {object} rest */
export const throwing = (key, fault, rest = {}) =>
  Object.defineProperty({ ...rest }, key, {
    enumerable: true,
    configurable: true,
    get() {
      throw fault;
    },
  });

/** An object that throws whatever is asked of it. @param {object} target @param {unknown} fault */
const hostile = (target, fault) =>
  new Proxy(target, new Proxy({}, { get: () => () => { throw fault; } }));

/** One whose proxy was taken back. @param {object} target */
const revoked = (target) => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};

/** One that holds itself. */
const round = () => {
  /** @type {any} */
  const round = { facts: {} };
  round.facts.round = round.round = round;
  return round;
};

/** A function whose text can't be had. @param {unknown} fault */
const dumb = (fault) => Object.assign(() => 1, { toString: () => { throw fault; } });

/** Values that bite. @type {((fault: unknown) => any)[]} */
const BITING = [
  (fault) => hostile({}, fault), (fault) => hostile([], fault), (fault) => hostile(() => 1, fault), () => revoked({}), () => revoked([]),
  round, dumb, (fault) => throwing('x', fault), (fault) => throwing('length', fault), (fault) => throwing('then', fault),
  (fault) => ({ toString: () => { throw fault; }, valueOf: () => { throw fault; } }),
  (fault) => ({ [Symbol.toPrimitive]: () => { throw fault; } }),
  () => ({ toString: null, valueOf: null }), () => JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":1}}'),
  () => Object.create({ inherited: 1 }), () => Object.create(null), () => Object.freeze({ frozen: {} }), () => new Date(NaN),
  () => Symbol('s'), () => Symbol.iterator, () => 10n, () => -1n, () => new Map([['a', 1]]), () => new Set([1]), () => new Uint8Array(9),
  () => /x/g, () => class A {}, () => async () => 1, () => function* () {}, () => new Error('e'), () => new Array(100_000),
  () => new Array(20_000).fill({}), () => 'x'.repeat(300_000), () => '\u0000', () => '\ud800', () => '💥'.repeat(40),
  () => Object.fromEntries(Array.from({ length: 2_000 }, (_, number) => [`k${number}`, number])),
];
const biting = fc.tuple(fc.constantFrom(...BITING), thrown).map(([make, fault]) => () => make(fault));
const PLAIN = [null, undefined, '', 'true', 'false', '0', '-1', 'NaN', '1e9', 0, -0, NaN, Infinity, -1, 2 ** 53, ...HTML];

/** @typedef {() => any} Maker */

/** Any value. @returns {fc.Arbitrary<Maker>} */
export const anything = () =>
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc
        .anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true, maxDepth: 3 })
        .map((value) => () => value),
    },
    { weight: 3, arbitrary: biting },
    { weight: 2, arbitrary: fc.constantFrom(...PLAIN).map((value) => () => value) },
    { weight: 1, arbitrary: fc.string({ maxLength: 60, unit: 'binary' }).map((value) => () => value) },
  );

/** Names that no option has, and some that every object has. */
const ODD_NAMES = ['colour', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'then', '', 'data-colour', 'data-layout', '0'];

/** Good values of each option. @type {Record<string, any[]>} */
export const GOOD = {
  consent: ['required', 'granted', 'memory'],
  sensitivity: ['calm', 'balanced', 'eager', 0, 0.5, 1],
  shareOfVisits: [0, 0.03, 1],
  holdout: [0, 0.1, 1],
  lang: ['de', 'pt-BR'],
  shop: ['shopify', 'woocommerce', 'datalayer', 'none', 'auto'],
  layout: ['corner', 'bar', 'inline', 'modal'],
  ask: [true, false],
  debug: [false],
  publicEvents: [true, false],
  arming: [0, 7.5, 60],
};

/** @type {Record<string, any[]>} */
export const GOOD_FACTS = {
  deliveryDays: [1, 180],
  returnsDays: [30],
  guestCheckout: [true, false],
  helpUrl: ['/help', 'mailto:a@b.example'],
};

/** Some of them, each good. @param {Record<string, any[]>} table @returns {fc.Arbitrary<Record<string, any>>} */
export const good = (table) =>
  fc.record(Object.fromEntries(Object.entries(table).map(([name, values]) => [name, fc.constantFrom(...values)])), { requiredKeys: [] });

/** Objects of which any value may be under these names or others, and any may throw. @param {string[]} names @returns {fc.Arbitrary<Maker>} */
export const bad = (names) =>
  fc
    .tuple(
      fc.dictionary(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: fc.constantFrom(...ODD_NAMES) }), anything(), { maxKeys: 6 }),
      fc.option(fc.tuple(fc.constantFrom(...names), thrown)),
    )
    .map(([makers, bites]) => () => {
      const given = Object.fromEntries(Object.entries(makers).map(([name, make]) => [name, make()]));
      return bites ? throwing(bites[0], bites[1], given) : given;
    });
