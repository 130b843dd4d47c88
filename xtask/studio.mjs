/**
 * Bundles demo/studio/ with its module into dist/studio/: `node xtask/studio.mjs`, after the module was made.
 *
 * | file | what |
 * |---|---|
 * | studio.js, studio.css | the page's: demo/studio/index.html asks for them; the style of the charts is in the sheet |
 * | bridge.js | what it puts into a shop's page |
 * | worker.js, trainer.js | its workers |
 * | preview.js, preview.css | the shop page that messages are shown on: falter's own card, drawn by falter's own code |
 * | studio.wasm | the engine in both |
 * | over.js | the studio over a shop's page |
 * | index.html, preview/ | the pages, for shops that have dist/ and no demo |
 */

import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = new URL('../', import.meta.url);
/** @param {string} place from the root of the repository */
const at = (place) => fileURLToPath(new URL(place, ROOT));

const MODULE = 'target/wasm/studio/';
const OUT = 'dist/studio/';
const WORKERS = ['engine/worker.js', 'engine/trainer.js'];
/** What the page asks for by name. */
const PAGE = ['studio.js', 'bridge.js', 'studio.css'];
/** And what the page in its frame does. */
const PREVIEW = ['preview/preview.js', 'preview/preview.css'];
/** The pages, and the way from each to the folder. */
const PAGES = { 'index.html': './', 'preview/index.html': '../' };
const PICTURES = ['favicon.svg', 'lantern.svg'];

await rm(at(OUT), { recursive: true, force: true });
await mkdir(at(`${OUT}preview`), { recursive: true });
await copyFile(at(`${MODULE}studio.wasm`), at(`${OUT}studio.wasm`));
await bundle(WORKERS);
await bundle(PAGE);
await bundle(PREVIEW);
await copyFile(at('demo/studio/over.js'), at(`${OUT}over.js`));
for (const picture of PICTURES) await copyFile(at(`demo/images/${picture}`), at(OUT + picture));
for (const [page, up] of Object.entries(PAGES)) {
  const text = await readFile(at(`demo/studio/${page}`), 'utf8');
  await writeFile(at(OUT + page), text.replaceAll('/dist/studio/', up).replaceAll(/(\.\.\/)+images\//g, up));
}

/** @param {string[]} entries of demo/studio/ */
async function bundle(entries) {
  await build({
    absWorkingDir: at('.'),
    entryPoints: entries.map((entry) => `demo/studio/${entry}`),
    outdir: at(OUT),
    // side by side, as their addresses are relative to each other
    entryNames: '[name]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]',
    alias: {
      'studio-module': at(`${MODULE}studio.js`),
      'falter-files': at('js/files/beside.js'),
    },
    bundle: true,
    loader: { '.woff2': 'file' },
    splitting: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    tsconfigRaw: {},
    logLevel: 'warning',
  });
}
