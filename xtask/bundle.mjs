/**
 * Bundles js/ with the engine into dist/: `node xtask/bundle.mjs`, after the wasm was made.
 *
 * | file | assets | for |
 * |---|---|---|
 * | falter.js | beside it | the script tag |
 * | falter.all.js | inside | the script tag of shops that can host one file only |
 * | npm/script/ | beside it | the script tag from a package CDN, as falter.js |
 * | falter.nowasm.js | - | falter.js and falter.all.js, on pages that forbid WebAssembly |
 * | recorder.js, further.js, plays.js, shops/, card/ | - | falter.js, on pages that need them |
 * | npm/index.js | inside | bundlers |
 * | npm/slim.js | given by the host | hosts that load, cache or check the bytes their own way |
 */

import { mkdir, readdir, readFile, rm, copyFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { build, transform } from 'esbuild';
import { minify } from 'terser';

const ROOT = new URL('../', import.meta.url);
/** As it is weighed (xtask/sizes.mjs). @param {string} code @returns {number} bytes */
const compressed = (code) => brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(code) } }).length;
/** @param {string} place from the root of the repository */
const at = (place) => fileURLToPath(new URL(place, ROOT));

const WASM = 'target/wasm/falter.wasm';
/** The same as JavaScript: xtask/nowasm.mjs. */
const NOWASM = 'target/wasm/nowasm.js';
const MODEL = 'models/exit.falter';
/** Those that come with the engine, for shops that want theirs among them. */
const PLAYS = 'models/plays.json';
/** Optional chaining, class fields and static blocks: every browser that knows constructable style sheets. */
const TARGET = 'es2022';

/**
 * After esbuild, terser takes another twentieth: it inlines and names with an eye on what compresses well (12,009 B of
 * brotli without it, 11,349 B with it, 2026-11-21). Reading a property does nothing else, here and in what we read of the page.
 * @type {import('terser').CompressOptions}
 */
const SHRINK = { passes: 3, pure_getters: true, ecma: 2020, unsafe_arrows: true, hoist_funs: true, keep_fargs: true };
/** Which of its turns compress well is luck: of the script on every page the smallest is taken. */
const TURNS = [{}, { passes: 4 }, { collapse_vars: false }, { lhs_constants: false }, { conditionals: false }];

/** A style sheet without what people need to read it; esbuild keeps the blanks of custom properties. @param {string} path */
const shrinkStyle = async (path) => {
  const { code } = await transform((await import(path)).STYLE, { loader: 'css', minify: true });
  return code.replace(/(--[\w-]+[:,]) /g, '$1').trim();
};
/** Those that are files, by their names. */
const STYLES = { 'card.css': shrinkStyle(at('js/card/style.js')), 'card/layouts.css': shrinkStyle(at('js/card/layout-style.js')) };
/** The same in the scripts that have one inside. @type {import('esbuild').Plugin} */
const STYLE_INSIDE = {
  name: 'style',
  setup: ({ onLoad }) =>
    onLoad({ filter: /card[/\\](\w+-)?style\.js$/ }, async ({ path }) => ({
      contents: `export const STYLE = ${JSON.stringify(await shrinkStyle(path))}`,
    })),
};

/** What falter.js loads from beside itself where a page needs it. */
const PARTS = ['falter.nowasm.js', 'recorder.js', 'further.js', 'plays.js', 'shops/marks.js', 'card/more.js'];

/** @typedef {{ entry: string, out: string, assets: 'beside' | 'alone' | 'inlined' | 'given', format: 'iife' | 'esm' }} Bundle */
/** @type {Bundle[]} */
const BUNDLES = [
  ...['dist/', 'dist/npm/script/'].flatMap((folder) => [
    /** @type {Bundle} */ ({ entry: 'js/script.js', out: `${folder}falter.js`, assets: 'beside', format: 'iife' }),
    ...PARTS.map((part) => /** @type {Bundle} */ ({ entry: `js/${part}`, out: folder + part, assets: 'beside', format: 'esm' })),
  ]),
  { entry: 'js/script.js', out: 'dist/falter.all.js', assets: 'alone', format: 'iife' },
  { entry: 'js/index.js', out: 'dist/npm/index.js', assets: 'inlined', format: 'esm' },
  { entry: 'js/slim.js', out: 'dist/npm/slim.js', assets: 'given', format: 'esm' },
];

const version = /^version = "(.+)"$/m.exec(await readFile(at('Cargo.toml'), 'utf8'))?.[1];
if (!version) throw new Error('Cargo.toml has no version');

await rm(at('dist/lang'), { recursive: true, force: true });
await rm(at('dist/npm'), { recursive: true, force: true });
await Promise.all([...BUNDLES.map(bundle), copyAssets('dist/'), copyAssets('dist/npm/script/'), describePackage(version)]);

/** @param {Bundle} one */
async function bundle({ entry, out, assets, format }) {
  const { outputFiles } = await build({
    absWorkingDir: at('.'),
    entryPoints: [entry],
    write: false,
    bundle: true,
    minifySyntax: true,
    minifyIdentifiers: true,
    charset: 'utf8',
    format,
    target: TARGET,
    legalComments: 'none',
    define: {
      FALTER_VERSION: JSON.stringify(version),
      // a classic script has no import.meta; without an address of its own it is part of the page
      ...(format == 'iife' && { 'import.meta.url': 'document.baseURI' }),
    },
    alias: {
      'falter-assets': at(`js/assets/${assets}.js`),
      'falter-files': at(`js/files/${assets === 'beside' ? assets : 'inlined'}.js`),
      'falter.wasm': at(WASM),
      'falter.nowasm': at(NOWASM),
      'exit.falter': at(MODEL),
    },
    plugins: [STYLE_INSIDE],
    // tsconfig.json is for the type checker; read here, its `strict` is a directive in some builds and not in others
    tsconfigRaw: {},
    loader: { '.wasm': 'binary', '.falter': 'binary' },
    logLevel: 'warning',
  });
  const turns = out.endsWith('/falter.js') ? TURNS : [{}];
  const made = await Promise.all(
    turns.map((turn) => minify(outputFiles[0].text, { compress: { ...SHRINK, ...turn }, module: format === 'esm' })),
  );
  const files = made.map(({ code }) => `/*! falter ${version} | MIT OR Apache-2.0 */\n${code}\n`);
  await mkdir(at(`${out}/..`), { recursive: true });
  await writeFile(at(out), files.sort((a, b) => compressed(a) - compressed(b))[0]);
}

/** What is loaded beside the script: engine, model, style sheet, languages; and the published plays to read. @param {string} folder */
async function copyAssets(folder) {
  await Promise.all(['lang/more', 'card'].map((part) => mkdir(at(folder + part), { recursive: true })));
  const files = await readdir(at('js/messages'), { recursive: true });
  const languages = files.filter((file) => file.endsWith('.json'));
  await Promise.all([
    copyFile(at(WASM), at(`${folder}falter.wasm`)),
    copyFile(at(MODEL), at(`${folder}exit.falter`)),
    copyFile(at(PLAYS), at(`${folder}plays.json`)),
    ...Object.entries(STYLES).map(async ([file, style]) => writeFile(at(folder + file), await style)),
    ...languages.map(async (file) => {
      const texts = JSON.parse(await readFile(at(`js/messages/${file}`), 'utf8'));
      await writeFile(at(`${folder}lang/${file}`), JSON.stringify(texts));
    }),
  ]);
}

/** The parts of dist/npm that are not code. @param {string} version */
async function describePackage(version) {
  await mkdir(at('dist/npm'), { recursive: true });
  const about = {
    name: 'falter',
    version,
    description: 'Sees in the page that a shopper is about to leave, 2–4 seconds before, and says why',
    keywords: ['ecommerce', 'exit-intent', 'cart-abandonment', 'wasm'],
    license: 'MIT OR Apache-2.0',
    type: 'module',
    sideEffects: ['./script/*'],
    types: './index.d.ts',
    exports: {
      '.': { types: './index.d.ts', default: './index.js' },
      './slim': { types: './slim.d.ts', default: './slim.js' },
      './script': './script/falter.js',
      './nowasm': { types: './falter.nowasm.d.ts', default: './script/falter.nowasm.js' },
      './falter.wasm': './script/falter.wasm',
      './exit.falter': './script/exit.falter',
      './card.css': './script/card.css',
      './lang/*.json': './script/lang/*.json',
      './plays.json': './script/plays.json',
      './further.js': './script/further.js',
      './plays.js': './script/plays.js',
      './recorder.js': './script/recorder.js',
      './shops/*.js': './script/shops/*.js',
      './card/*': './script/card/*',
      './package.json': './package.json',
    },
  };
  await writeFile(at('dist/npm/package.json'), `${JSON.stringify(about, null, 2)}\n`);
  const texts = ['README.md', 'LICENSE-MIT', 'LICENSE-APACHE'];
  await Promise.all(texts.map((file) => copyFile(at(file), at(`dist/npm/${file}`))));
}
