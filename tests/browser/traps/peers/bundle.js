/** One script of all peers, from the packages that benches/ has. */

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const HOME = new URL('../../../../', import.meta.url);
/** Served as /peers/. */
const OUT = new URL('target/traps/', HOME);
/** @param {string} place from the root of the repository */
const at = (place) => fileURLToPath(new URL(place, HOME));

/** Names of peers, as they tell of themselves, and the settings that they have by default. */
export const PEERS = {
  ouibounce: 'sensitivity 20 px, timer 1 s, delay 0, not aggressive',
  'use-exit-intent': 'desktop: on mouse leave, 5 s after the load; phones: after 10 s idle',
};

/** @returns {Promise<{ folder: URL, versions: Record<string, string> }>} */
export async function bundlePeers() {
  await build({
    entryPoints: [fileURLToPath(new URL('peers.js', import.meta.url))],
    outfile: at('target/traps/peers.js'),
    bundle: true,
    minify: true,
    format: 'iife',
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    nodePaths: [at('benches/node_modules')],
    logLevel: 'error',
  });
  const { dependencies } = JSON.parse(await readFile(new URL('benches/package.json', HOME), 'utf8'));
  return { folder: OUT, versions: dependencies };
}
