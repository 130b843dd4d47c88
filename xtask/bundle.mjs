/**
 * Bundles js/ with the engine into dist/: `node xtask/bundle.mjs`, after the wasm was made.
 *
 * | file | assets | for |
 * |---|---|---|
 * | falter.js | beside it | the script tag |
 * | falter.all.js | inside | the script tag of shops that can host one file only |
 * | npm/script/ | beside it | the script tag from a package CDN, as falter.js |
 * | falter.nowasm.js | - | falter.js and falter.all.js, on pages that forbid WebAssembly |
 * | recorder.js, further.js, plays.js, sinks.js, tabs.js, consent/, shops/, card/ | - | falter.js, on pages that need them |
 * | npm/index.js | in a chunk | bundlers |
 * | npm/slim.js | given by the host | hosts that load, cache or check the bytes their own way |
 * | npm/react.js, vue.js | in that chunk, unless given | React and Vue |
 * | npm/chunks/ | - | what these share, and what they load where a page needs it |
 */

import { chmod, cp, mkdir, readdir, readFile, rm, copyFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build, transform } from 'esbuild';
import { minify } from 'terser';

const ROOT = new URL('../', import.meta.url);
/** As it is weighed (xtask/sizes.mjs), by brotli and by gzip. @param {string} code @returns {number} bytes */
const compressed = (code) =>
  brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(code) } }).length + gzipSync(code, { level: 9 }).length;
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
const TURNS = [
  {},
  { passes: 4 },
  { collapse_vars: false },
  { lhs_constants: false },
  { conditionals: false },
  { passes: 2, comparisons: false, computed_props: false, conditionals: false, lhs_constants: false, properties: false },
];

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

/**
 * V8 compiles each function when it is first called: then the shopper's first click waits for it, 4 ms on a phone a fourth
 * as fast as this machine. With this line it compiles them all beside the page (V8's explicit compile hints; others read a comment).
 */
const EAGER = '//# allFunctionsCalledOnLoad';

/** What falter.js loads from beside itself where a page needs it. */
const PARTS = [
  'falter.nowasm.js', 'recorder.js', 'further.js', 'plays.js', 'sinks.js', 'tabs.js', 'card/more.js', 'consent/bridges.js',
  'shops/auto.js', 'shops/marks.js', 'shops/schema.js', 'shops/shopify.js', 'shops/woocommerce.js',
];

/** What the package has to import, of js/. */
const ENTRIES = ['index', 'slim', 'falter.nowasm', 'react', 'vue'];

/** What platforms take as it is: folders of js/shops/, to be copied into a shop from here. */
const EXTENSION = 'dist/shops/shopify/extension/';
const PLUGIN = 'dist/shops/woocommerce/falter/';

/** @typedef {{ entry: string, out: string, assets: 'beside' | 'inlined', files?: string, format: 'iife' | 'esm' }} Bundle */
/** @type {Bundle[]} */
const BUNDLES = [
  ...['dist/', 'dist/npm/script/'].flatMap((folder) => [
    /** @type {Bundle} */ ({ entry: 'js/script.js', out: `${folder}falter.js`, assets: 'beside', format: 'iife' }),
    ...PARTS.map((part) => /** @type {Bundle} */ ({ entry: `js/${part}`, out: folder + part, assets: 'beside', format: 'esm' })),
  ]),
  { entry: 'js/script.js', out: 'dist/falter.all.js', assets: 'inlined', format: 'iife' },
  // Shopify keeps an app's files in one folder without others in it, so every language is inside, too
  { entry: 'js/script.js', out: `${EXTENSION}assets/falter.js`, assets: 'inlined', files: 'package/files', format: 'iife' },
];

const version = /^version = "(.+)"$/m.exec(await readFile(at('Cargo.toml'), 'utf8'))?.[1];
if (!version) throw new Error('Cargo.toml has no version');

await Promise.all(['card', 'consent', 'lang', 'npm', 'shops'].map((folder) => rm(at(`dist/${folder}`), { recursive: true, force: true })));
await copyShops();
await Promise.all([...BUNDLES.map(bundle), bundlePackage(), copyAssets('dist/'), copyAssets('dist/npm/script/'), describePackage(version)]);
await cp(at('dist/npm/script/'), at(`${PLUGIN}assets/`), { recursive: true });
// npm packs modes, too, and a web server may be another user than who builds
for (const entry of await readdir(at('dist/'), { recursive: true, withFileTypes: true }))
  await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);

/**
 * What all builds have in common. Their `import.meta.url` is the page's address: a classic script has none, and in the package
 * a bundler would put the address of somebody's disk there. Neither needs one of its own.
 * @param {string} assets of js/assets/
 * @param {string} files of js/
 * @returns {import('esbuild').BuildOptions & { write: false }}
 */
function settings(assets, files) {
  return {
    absWorkingDir: at('.'),
    write: false,
    bundle: true,
    minifySyntax: true,
    charset: 'utf8',
    target: TARGET,
    legalComments: 'none',
    define: { FALTER_VERSION: JSON.stringify(version), 'import.meta.url': 'document.baseURI' },
    alias: {
      'falter-assets': at(`js/assets/${assets}.js`),
      'falter-files': at(`js/${files}.js`),
      'falter.wasm': at(WASM),
      'falter.nowasm': at(NOWASM),
      'exit.falter': at(MODEL),
    },
    plugins: [STYLE_INSIDE],
    // tsconfig.json is for the type checker; read here, its `strict` is a directive in some builds and not in others
    tsconfigRaw: {},
    loader: { '.wasm': 'binary', '.falter': 'binary' },
    logLevel: 'warning',
  };
}

/** @param {string} code @param {string} [first] a line before it */
function banner(code, first = '') {
  return `${EAGER}\n// falter ${version} MIT\n${first}${code}\n`;
}

/** @param {Bundle} one */
async function bundle({ entry, out, assets, files = `files/${assets}`, format }) {
  const { outputFiles } = await build({ ...settings(assets, files), entryPoints: [entry], format });
  const turns = out.endsWith('/falter.js') ? TURNS : [{}];
  const made = await Promise.all(
    turns.map((turn) => minify(outputFiles[0].text, { compress: { ...SHRINK, ...turn }, module: format === 'esm' })),
  );
  const texts = made.map(({ code = '' }) => banner(code));
  await mkdir(at(`${out}/..`), { recursive: true });
  await writeFile(at(out), texts.sort((a, b) => compressed(a) - compressed(b))[0]);
}

/**
 * The package's entries in one build, so that what they share is there once and stays one thing: a page that imports two of them
 * has one engine's module.
 */
async function bundlePackage() {
  const { outputFiles } = await build({
    ...settings('given', 'package/files'),
    entryPoints: ENTRIES.map((entry) => `js/${entry}.js`),
    outdir: at('dist/npm'),
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
    format: 'esm',
    external: ['react', 'vue'],
  });
  await Promise.all(
    outputFiles.map(async ({ path, text }) => {
      const { code = '' } = await minify(text, { compress: SHRINK, module: true });
      await mkdir(dirname(path), { recursive: true });
      // hooks run in the browser; Next.js and its like ask for that to be said
      await writeFile(path, banner(code, path.endsWith('react.js') ? "'use client';\n" : ''));
    }),
  );
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

/** The folders that platforms take, but for the scripts in them; what says a version in them says this one. */
async function copyShops() {
  await cp(at('js/shops/shopify/extension/'), at(EXTENSION), { recursive: true });
  await copyFile(at('js/shops/shopify/pixel.js'), at(`${EXTENSION}../pixel.js`));
  await cp(at('js/shops/woocommerce/plugin/'), at(PLUGIN), { recursive: true });
  for (const file of ['falter.php', 'readme.txt']) {
    const text = await readFile(at(PLUGIN + file), 'utf8');
    await writeFile(at(PLUGIN + file), text.replaceAll('FALTER_VERSION', version));
  }
}

/** The parts of dist/npm that are not code. @param {string} version */
async function describePackage(version) {
  await mkdir(at('dist/npm'), { recursive: true });
  const about = {
    name: 'falter',
    version,
    description: 'Sees in the page that a shopper is about to leave, 2–4 seconds before, and says why',
    keywords: ['ecommerce', 'exit-intent', 'cart-abandonment', 'wasm', 'react', 'vue'],
    license: 'MIT OR Apache-2.0',
    type: 'module',
    sideEffects: ['./script/*'],
    types: './index.d.ts',
    // what a package CDN answers with when no file is named
    unpkg: './script/falter.js',
    jsdelivr: './script/falter.js',
    exports: {
      '.': { types: './index.d.ts', default: './index.js' },
      './slim': { types: './slim.d.ts', default: './slim.js' },
      './nowasm': { types: './falter.nowasm.d.ts', default: './falter.nowasm.js' },
      './react': { types: './react.d.ts', default: './react.js' },
      './vue': { types: './vue.d.ts', default: './vue.js' },
      './script': { types: './script.d.ts', default: './script/falter.js' },
      './falter.wasm': './script/falter.wasm',
      './model': './script/exit.falter',
      './exit.falter': './script/exit.falter',
      './card.css': './script/card.css',
      './lang/*.json': './script/lang/*.json',
      './plays.json': './script/plays.json',
      './further.js': './script/further.js',
      './plays.js': './script/plays.js',
      './recorder.js': './script/recorder.js',
      './tabs.js': './script/tabs.js',
      './sinks.js': './script/sinks.js',
      './consent/*.js': './script/consent/*.js',
      './shops/*.js': './script/shops/*.js',
      './card/*': './script/card/*',
      './package.json': './package.json',
    },
    peerDependencies: { react: '>=18', vue: '>=3.5' },
    peerDependenciesMeta: { react: { optional: true }, vue: { optional: true } },
  };
  await writeFile(at('dist/npm/package.json'), `${JSON.stringify(about, null, 2)}\n`);
  const texts = ['README.md', 'LICENSE-MIT', 'LICENSE-APACHE'];
  await Promise.all(texts.map((file) => copyFile(at(file), at(`dist/npm/${file}`))));
}
