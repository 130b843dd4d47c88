/**
 * The integrity of what a shop's page loads, to pin it by (https://www.w3.org/TR/sri/): `node xtask/sri.mjs`, after bundling. Prints
 * that of the two scripts a tag names, and writes that of every file to integrity.json beside them.
 */

import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';

const DIST = new URL('../dist/', import.meta.url);
const FOLDERS = [DIST, new URL('npm/script/', DIST)];
/** What a tag may name. */
const SCRIPTS = ['falter.js', 'falter.all.js'];
/** Of the folder, but no part of what a page loads: the package, and what the build says of itself. */
const OTHERS = /^npm\/|^(integrity|sizes)\.json$/;

/** @param {Uint8Array} bytes */
const integrity = (bytes) => `sha384-${createHash('sha384').update(bytes).digest('base64')}`;

/** @param {URL} folder @returns {Promise<Record<string, string>>} by path below it, sorted */
async function pin(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`.slice(folder.pathname.length).replace(/^\//, ''))
    .filter((file) => !OTHERS.test(file))
    .sort();
  return Object.fromEntries(await Promise.all(files.map(async (file) => [file, integrity(await readFile(new URL(file, folder)))])));
}

for (const folder of FOLDERS) {
  const files = await pin(folder);
  await writeFile(new URL('integrity.json', folder), `${JSON.stringify(files, null, 2)}\n`);
  if (folder === DIST) for (const script of SCRIPTS) console.log(`   ${script.padEnd(14)} integrity="${files[script]}"`);
}
