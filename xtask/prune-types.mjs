/**
 * Leaves in dist/npm the declarations that the public ones refer to, and adds those that are written by hand: tsc writes one
 * for every source, the inner ones too, which name modules that only exist while bundling. Run by build.sh after tsc.
 */

import { copyFile, cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';

const PACKAGE = new URL('../dist/npm/', import.meta.url);
const SOURCES = new URL('../js/', import.meta.url);
const ENTRIES = ['index.d.ts', 'slim.d.ts', 'falter.nowasm.d.ts', 'react.d.ts', 'vue.d.ts'];
/** What users may have: these are theirs, not ours. */
const PEERS = ['react', 'vue'];
/** What the script tag makes, for who puts it into a page beside modules. */
const SCRIPT = `import type { Falter } from './types.js';

declare global {
  interface Window {
    /** Made by the script tag; an object that stands here before gives it options. */
    falter: Falter;
  }
}
`;

await copyFile(new URL('types.d.ts', SOURCES), new URL('types.d.ts', PACKAGE));
await cp(new URL('types/', SOURCES), new URL('types/', PACKAGE), { recursive: true });
await writeFile(new URL('script.d.ts', PACKAGE), SCRIPT);
for (const entry of ENTRIES) {
  const file = new URL(entry, PACKAGE);
  // JavaScript has no way to say so
  await writeFile(file, `${await readFile(file, 'utf8')}export * from './types.js';\n`);
}

/** @type {Set<string>} */
const kept = new Set();
const waiting = [...ENTRIES, 'falter.nowasm.d.ts', 'script.d.ts'].map((file) => new URL(file, PACKAGE));
for (let file = waiting.pop(); file; file = waiting.pop()) {
  if (kept.has(file.href)) continue;
  kept.add(file.href);
  // What a comment names is repeated as a type beside it.
  const text = (await readFile(file, 'utf8')).replace(/\/\*.*?\*\//gs, '');
  for (const [, module] of text.matchAll(/(?:from |import\()['"](.+?)['"]/g)) {
    if (PEERS.includes(module)) continue;
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
