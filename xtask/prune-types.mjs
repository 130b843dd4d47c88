/**
 * Leaves in dist/npm the declarations that the public ones refer to: tsc writes one for every source, the inner ones too,
 * which name modules that only exist while bundling. Run by build.sh after tsc.
 */

import { readdir, readFile, rm } from 'node:fs/promises';

const PACKAGE = new URL('../dist/npm/', import.meta.url);
const ENTRIES = ['index.d.ts', 'slim.d.ts', 'falter.nowasm.d.ts'];

/** @type {Map<string, URL>} */
const kept = new Map();
const waiting = ENTRIES.map((file) => new URL(file, PACKAGE));
for (let file = waiting.pop(); file; file = waiting.pop()) {
  if (kept.has(file.href)) continue;
  kept.set(file.href, file);
  // What a comment names is repeated as a type beside it.
  const text = (await readFile(file, 'utf8')).replace(/\/\*.*?\*\//gs, '');
  for (const [, module] of text.matchAll(/(?:from |import\()['"](.+?)['"]/g)) {
    if (!module.startsWith('.')) throw new Error(`${file.pathname} shows the inner module ${module} to users of the package`);
    waiting.push(new URL(module.replace(/\.js$/, '.d.ts'), file));
  }
}

for (const file of await readdir(PACKAGE, { recursive: true })) {
  if (file.endsWith('.d.ts') && !kept.has(new URL(file, PACKAGE).href)) await rm(new URL(file, PACKAGE));
}
for (const folder of await readdir(PACKAGE, { withFileTypes: true })) {
  const inside = new URL(`${folder.name}/`, PACKAGE);
  if (folder.isDirectory() && !(await readdir(inside)).length) await rm(inside, { recursive: true });
}
