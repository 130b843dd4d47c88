/**
 * The engine as plain JavaScript, made from the very module that ships: `node xtask/nowasm.mjs MODULE OUT`, by build.sh.
 *
 * binaryen's wasm2js does the work, but for two things that come first (tests/js/nowasm.test.js). It lowers a cast that saturates to
 * one that does not: NaN and what is out of range would come out otherwise, so each is put into words, as functions of the
 * module's own. And it moves floats as JavaScript does, which loses bits (exact-bits.mjs).
 */

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { exactBits } from './exact-bits.mjs';

const run = promisify(execFile);
/** Of binaryen. @param {string} name */
const tool = (name) => fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url));

/** What rustc emits for this target; the result may use it where wasm2js knows how. */
const FEATURES = ['bulk-memory', 'multivalue', 'mutable-globals', 'nontrapping-float-to-int', 'reference-types', 'sign-ext'].map(
  (name) => `--enable-${name}`,
);
/** Smallest in brotli of the levels, 2026-11-21. */
const LEVEL = '-O3';
/** The names are a custom section of the module, which JavaScript has none of. */
const NAMES = 'names';

/** The range of each integer type: least, and the first beyond. @type {Record<string, [string, string]>} */
const RANGES = {
  i32_s: ['-2147483648', '2147483648'],
  i32_u: ['0', '4294967296'],
  i64_s: ['-9223372036854775808', '9223372036854775808'],
  i64_u: ['0', '18446744073709551616'],
};
/** What casts come to at the range's end, NaN being 0. @type {Record<string, [string, string]>} */
const ENDS = {
  i32_s: ['-2147483648', '2147483647'],
  i32_u: ['0', '-1'],
  i64_s: ['-9223372036854775808', '9223372036854775807'],
  i64_u: ['0', '-1'],
};

/** A saturating cast as a function of the text format. @param {string} to @param {string} from @param {string} sign */
function cast(to, from, sign) {
  const [least, beyond] = RANGES[`${to}_${sign}`];
  const [low, high] = ENDS[`${to}_${sign}`];
  const x = '(local.get $x)';
  return `(func $sat_${to}_${from}_${sign} (param $x ${from}) (result ${to})
    (if (result ${to}) (${from}.ne ${x} ${x}) (then (${to}.const 0)) (else
    (if (result ${to}) (${from}.lt ${x} (${from}.const ${least})) (then (${to}.const ${low})) (else
    (if (result ${to}) (${from}.ge ${x} (${from}.const ${beyond})) (then (${to}.const ${high})) (else
    (${to}.trunc_${from}_${sign} ${x}))))))))`;
}

/** Calls a function for every saturating cast. @param {string} text a module in the text format @returns {string} the same */
export function spellCasts(text) {
  /** @type {Set<string>} */
  const used = new Set();
  const spelled = text.replace(/\((i32|i64)\.trunc_sat_(f32|f64)_([su])/g, (_, ...kind) => {
    const [to, from, sign] = kind;
    used.add(cast(to, from, sign));
    return `(call $sat_${to}_${from}_${sign}`;
  });
  return `${spelled.slice(0, spelled.lastIndexOf(')'))}${[...used].join('\n')})`;
}

/**
 * @param {string | URL} module
 * @returns {Promise<string>} a JavaScript module: `instantiate(imports)` → exports, and `NAMES`, the text of the custom section
 */
export async function toJavaScript(module) {
  const bytes = await readFile(module);
  const names = WebAssembly.Module.customSections(await WebAssembly.compile(bytes), NAMES)[0];
  const folder = await mkdtemp(join(tmpdir(), 'falter-nowasm-'));
  try {
    const [given, text, lowered, made] = ['given.wasm', 'text.wat', 'lowered.wasm', 'made.js'].map((name) => join(folder, name));
    await writeFile(given, bytes);
    await run(tool('wasm-opt'), [given, '-S', '-o', text, ...FEATURES, '--flatten']);
    await writeFile(text, spellCasts(exactBits(await readFile(text, 'utf8'))));
    await run(tool('wasm-opt'), [text, '-o', lowered, ...FEATURES, LEVEL]);
    await run(tool('wasm2js'), [lowered, '--emscripten', '-o', made, ...FEATURES, LEVEL]);
    const code = await readFile(made, 'utf8');
    return `export ${code.trim()}\nexport const NAMES = ${JSON.stringify(new TextDecoder().decode(names))};\n`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [module, out] = process.argv.slice(2);
  await writeFile(out, await toJavaScript(module));
}
