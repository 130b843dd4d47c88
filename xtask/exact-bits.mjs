/**
 * Makes a module keep the bits of what it only moves. Compilers load what may be a float as one, whatever is there: two halves of
 * another thing, say, that look like a NaN. WebAssembly keeps the bits of a NaN; JavaScript engines need not, and Firefox's and
 * Safari's don't. So each local that is loaded as a float, and moved on, gets a twin that holds its bits as an integer; what moves
 * bits uses the twin. What crosses a call is a float indeed.
 *
 * Works on binaryen's flat form, in the text format: operands are locals and constants, and nothing but `local.set` sets a local.
 */

/** @typedef {string | Expression[]} Expression */

/** Integer of the same width. @type {Record<string, 'i32' | 'i64'>} */
const BITS = { f32: 'i32', f64: 'i64' };

/** @param {string} text @returns {Expression[]} what is in it, one after the other */
function parse(text) {
  /** @type {Expression[][]} */
  const open = [[]];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|\(|\)|;;.*|[^\s()]+/g)) {
    if (token === '(') open.push([]);
    else if (token === ')') {
      const done = /** @type {Expression[]} */ (open.pop());
      open[open.length - 1].push(done);
    } else if (!token.startsWith(';;')) open[open.length - 1].push(token);
  }
  return open[0];
}

/** @param {Expression} expression @returns {string} */
const print = (expression) => (Array.isArray(expression) ? `(${expression.map(print).join(' ')}\n)` : expression);

/** @param {Expression} one @param {string} head @returns {one is Expression[]} */
const is = (one, head) => Array.isArray(one) && one[0] === head;

const isLoad = (/** @type {Expression} */ one) => is(one, 'f32.load') || is(one, 'f64.load');
/** The locals that a value may come from as it is. @param {Expression} value @returns {Expression[]} */
const sources = (value) => {
  if (is(value, 'local.get')) return [value[1]];
  return is(value, 'select') ? [...sources(value[1]), ...sources(value[2])] : [];
};

/** Locals that are loaded as floats, of which the bits count. @param {Expression[]} func @returns {Set<Expression>} */
function carriers(func) {
  /** @type {Set<Expression>} */
  const loaded = new Set();
  /** @type {Set<Expression>} */
  const kept = new Set();
  /** @type {[to: Expression, from: Expression][]} */
  const moves = [];
  /** @param {Expression} one */
  const look = (one) => {
    if (!Array.isArray(one)) return;
    const [head, to, value] = one;
    if (head === 'local.set') {
      if (isLoad(value) || (is(value, 'select') && value.slice(1).some(isLoad))) loaded.add(to);
      moves.push(...sources(value).map((from) => /** @type {typeof moves[0]} */ ([to, from])));
    }
    if (/^f\d\d\.store|reinterpret_f/.test(String(head))) for (const from of sources(one[one.length - 1])) kept.add(from);
    one.forEach(look);
  };
  look(func);
  for (let size = -1; size !== loaded.size + kept.size; ) {
    size = loaded.size + kept.size;
    for (const [to, from] of moves) {
      if (loaded.has(from)) loaded.add(to);
      if (kept.has(to)) kept.add(from);
    }
  }
  return new Set([...loaded].filter((local) => kept.has(local)));
}

/** @param {Expression[]} func a function in flat form @returns {Expression[]} */
function keepBits(func) {
  const carrying = carriers(func);
  /** Type of each local that has a twin. @type {Map<Expression, string>} */
  const floats = new Map();
  for (const part of func)
    if ((is(part, 'param') || is(part, 'local')) && BITS[String(part[2])] && carrying.has(part[1])) floats.set(part[1], String(part[2]));
  if (!floats.size) return func;
  /** @param {Expression} local */
  const twin = (local) => `${local}.bits`;
  /** The twin's value where it is had without the float; undefined: only the float has it. @param {Expression} value @returns {Expression | undefined} */
  const moved = (value) => {
    if (is(value, 'local.get')) return floats.has(value[1]) ? ['local.get', twin(value[1])] : undefined;
    if (isLoad(value) && Array.isArray(value)) return [`${BITS[String(value[0]).slice(0, 3)]}.load`, ...value.slice(1)];
    if (!is(value, 'select')) return;
    const [one, other] = [moved(value[1]), moved(value[2])];
    return one && other && ['select', one, other, value[3]];
  };
  /** @param {Expression} local @param {Expression} value @returns {Expression[]} statements */
  const set = (local, value) => {
    const type = String(floats.get(local));
    const bits = moved(value);
    return bits
      ? [['local.set', twin(local), bits], ['local.set', local, [`${type}.reinterpret_${BITS[type]}`, ['local.get', twin(local)]]]]
      : [['local.set', local, edit(value)], ['local.set', twin(local), [`${BITS[type]}.reinterpret_${type}`, ['local.get', local]]]];
  };
  /** @param {Expression} one @returns {Expression} */
  const edit = (one) => {
    if (!Array.isArray(one)) return one;
    const [, type] = /^(f32|f64)\.store$/.exec(String(one[0])) ?? [];
    const into = /^i\d\d\.reinterpret_f/.test(String(one[0]));
    const last = one[one.length - 1];
    const bits = moved(last);
    if (into && bits) return bits;
    if (type && bits) return [`${BITS[type]}.store`, ...one.slice(1, -1), bits];
    return one.flatMap((part) => (is(part, 'local.set') && floats.has(part[1]) ? set(part[1], part[2]) : [edit(part)]));
  };
  const isHead = (/** @type {Expression} */ part) => !Array.isArray(part) || /^(export|type|param|result|local)$/.test(String(part[0]));
  const body = func.findIndex((part) => !isHead(part));
  const head = body < 0 ? func : func.slice(0, body);
  const given = head.flatMap((part) => {
    const type = is(part, 'param') && floats.get(part[1]);
    return type ? [['local.set', twin(part[1]), [`${BITS[type]}.reinterpret_${type}`, ['local.get', part[1]]]]] : [];
  });
  const twins = [...floats].map(([local, type]) => ['local', twin(local), BITS[type]]);
  return [...head, ...twins, ...given, ...(body < 0 ? [] : func.slice(body).flatMap((part) => /** @type {Expression[]} */ (edit([part]))))];
}

/** @param {string} text a module in the text format, flat @returns {string} */
export function exactBits(text) {
  const [module] = /** @type {Expression[][]} */ (parse(text));
  return print(module.map((part) => (is(part, 'func') ? keepBits(part) : part)));
}
