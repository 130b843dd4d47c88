/**
 * Who is measured, each bundled as a shop would: esbuild, minified, one script; what it loads beside it stays a file.
 */

import { createHash } from 'node:crypto';
import { copyFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const BENCHES = new URL('../', import.meta.url);
const HOME = new URL('../../', import.meta.url);
/** Served as /contenders/. */
export const OUT = new URL('target/bench/contenders/', HOME);
/** Sizes of what was weighed before, by hash. */
const WEIGHTS = new URL('target/bench/weights/', HOME);
/** What benches/peers/ made of the shipped trees. */
const PEERS = 'target/bench/peers/';
const MODULES = 'benches/node_modules/';
/** What the package loads where a page needs it, on its own. */
const CHUNKS = 'dist/npm/chunks/';
/**
 * Every bundler leaves such chunks beside the script. esbuild does where the script is a module; here it is to be evaluated, so it
 * would put all of them inside.
 * @type {import('esbuild').Plugin}
 */
const CHUNKS_BESIDE = {
  name: 'chunks beside',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/chunks\/|^\.\// }, ({ kind, path, resolveDir }) =>
      kind === 'dynamic-import' && resolveDir.startsWith(fileURLToPath(new URL('dist/npm', HOME)))
        ? { path: `/contenders/falter/chunks/${basename(path)}`, external: true }
        : undefined,
    ),
};
/** As falter itself. */
const TARGET = 'es2022';

/**
 * @typedef {{ raw: number, gzip: number, brotli: number }} Sizes
 * @typedef {object} Contender
 * @property {string} name
 * @property {string} is what it is, for the tables
 * @property {'infers' | 'listens' | 'both'} does
 * @property {Record<string, string>} beside file beside the script → where it comes from
 *
 * @typedef {Contender & { files: string[], sizes: Sizes }} Bundled files: names of what is beside the script
 */

/** @type {Contender[]} */
const CONTENDERS = [
  {
    name: 'falter',
    is: 'all of falter',
    does: 'both',
    beside: { 'falter.wasm': 'dist/falter.wasm', 'exit.falter': 'dist/exit.falter' },
  },
  { name: 'walk', is: 'plain JavaScript walk', does: 'infers', beside: { 'trees.json': `${PEERS}trees.json` } },
  { name: 'm2cgen', is: 'm2cgen 0.10.0', does: 'infers', beside: {} },
  {
    name: 'ydf',
    is: 'ydf-inference',
    does: 'infers',
    beside: { 'inference.wasm': `${MODULES}ydf-inference/dist/inference.wasm`, 'trees.ydf.zip': `${PEERS}trees.ydf.zip` },
  },
  {
    name: 'onnxruntime',
    is: 'onnxruntime-web',
    does: 'infers',
    beside: {
      'ort-wasm-simd-threaded.wasm': `${MODULES}onnxruntime-web/dist/ort-wasm-simd-threaded.wasm`,
      'trees.onnx': `${PEERS}trees.onnx`,
    },
  },
  { name: 'foresight', is: 'js.foresight', does: 'listens', beside: {} },
  { name: 'ouibounce', is: 'ouibounce', does: 'listens', beside: {} },
  { name: 'exit-intent', is: 'use-exit-intent with React', does: 'listens', beside: {} },
];

/** @param {Uint8Array} bytes @returns {Promise<Sizes>} as servers compress at their best */
async function weigh(bytes) {
  // the largest takes half a minute
  const known = new URL(`${createHash('sha256').update(bytes).digest('hex')}.json`, WEIGHTS);
  const before = await readFile(known, 'utf8').catch(() => '');
  if (before) return JSON.parse(before);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const sizes = { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes, { params }).length };
  await mkdir(WEIGHTS, { recursive: true });
  await writeFile(known, JSON.stringify(sizes));
  return sizes;
}

/** @param {Sizes[]} all @returns {Sizes} */
const sum = (all) =>
  all.reduce((a, b) => ({ raw: a.raw + b.raw, gzip: a.gzip + b.gzip, brotli: a.brotli + b.brotli }), { raw: 0, gzip: 0, brotli: 0 });

/** The versions that are installed, by package. @param {Contender} contender */
async function nameWithVersion({ name, is }) {
  const { dependencies } = JSON.parse(await readFile(new URL('package.json', BENCHES), 'utf8'));
  const found = Object.keys(dependencies).find((dependency) => is.startsWith(dependency));
  return found && name !== 'm2cgen' ? is.replace(found, `${found} ${dependencies[found]}`) : is;
}

/**
 * Bundles and weighs every contender.
 * @returns {Promise<Bundled[]>} falter first
 */
export async function bundleAll() {
  return Promise.all(CONTENDERS.map(bundle));
}

/** @param {Contender} contender @returns {Promise<Bundled>} */
async function bundle(contender) {
  const { name, beside } = contender;
  const folder = new URL(`${name}/`, OUT);
  await mkdir(folder, { recursive: true });
  const generated = fileURLToPath(new URL(`${PEERS}trees.m2cgen.mjs`, HOME));
  if (name === 'm2cgen') {
    const code = await readFile(new URL(`${PEERS}trees.m2cgen.js`, HOME), 'utf8');
    await writeFile(generated, `${code}export { score };\n`);
  }
  await build({
    entryPoints: [fileURLToPath(new URL(`contenders/${name}.js`, BENCHES))],
    outfile: fileURLToPath(new URL('script.js', folder)),
    bundle: true,
    minify: true,
    charset: 'utf8',
    format: 'iife',
    globalName: 'contender',
    // strict code keeps its variables when it is evaluated
    footer: { js: 'globalThis.contender=contender;' },
    target: TARGET,
    legalComments: 'none',
    conditions: ['browser'],
    define: { 'process.env.NODE_ENV': '"production"', 'import.meta.url': 'document.baseURI' },
    alias: { 'trees.m2cgen.js': generated },
    // what its Node half asks for
    external: ['fs', 'path', 'crypto', 'module', 'worker_threads'],
    plugins: [CHUNKS_BESIDE],
    logLevel: 'error',
  });
  const files = Object.keys(beside);
  if (name === 'falter') await cp(new URL(CHUNKS, HOME), new URL('chunks/', folder), { recursive: true });
  for (const file of files) await copyFile(new URL(beside[file], HOME), new URL(file, folder));
  // falter's script tag has a shop adapter, a sink and the card more than any of these asks for: it is weighed with them
  const script = name === 'falter' ? new URL('dist/falter.js', HOME) : new URL('script.js', folder);
  const parts = [script, ...files.map((file) => new URL(basename(file), folder))];
  const sizes = sum(await Promise.all(parts.map(async (file) => weigh(await readFile(file)))));
  return { ...contender, is: await nameWithVersion(contender), files, sizes };
}
