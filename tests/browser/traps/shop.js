/** The shop that the traps are in: each trap's page, and after it a cart, a checkout and a thank-you page. Plain files by a real server. */

import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '../../../xtask/serve.mjs';

const here = new URL('./', import.meta.url);
const home = new URL('../../../', here);
/** What every trap's folder has beside its own page. */
const PAGES = ['cart', 'checkout', 'thanks'];

/**
 * @param {object} given
 * @param {string} given.sensitivity of falter
 * @param {URL} [given.peers] folder of a bundle of those that run beside falter, for its `peers.js`
 */
export async function openTraps({ sensitivity, peers }) {
  const root = await mkdtemp(join(tmpdir(), 'falter-traps-'));
  const read = (/** @type {string} */ file) => readFile(new URL(file, here), 'utf8');
  const [frame, header, product] = await Promise.all(['frame', 'header', 'product'].map((part) => read(`shop/${part}.html`)));
  const parts = { sensitivity, header, product, peers: peers ? '<script src="/peers/peers.js" defer></script>' : '' };
  /** What a page names in double braces. @param {string} html */
  const filled = (html) => html.replace(/\{\{(\w+)\}\}/g, (_, name) => /** @type {any} */ (parts)[name]);
  const make = (/** @type {string} */ body) => filled(frame.replace('{{body}}', body));

  const order = await Promise.all(PAGES.map(async (page) => [`${page}.html`, make(await read(`shop/${page}.html`))]));
  for (const file of await readdir(new URL('pages/', here))) {
    const folder = join(root, file.replace('.html', ''));
    await mkdir(folder);
    for (const [name, html] of [['index.html', make(await read(`pages/${file}`))], ...order]) await writeFile(join(folder, name), html);
  }
  await cp(new URL('shop/', here), join(root, 'shop'), { recursive: true });
  const mounts = { '/dist/': new URL('dist/', home), ...(peers && { '/peers/': peers }) };
  const server = await serve({ root, mounts });
  return {
    /** A trap's page, on an origin that nobody else was at. @param {string} trap @param {string} visit */
    url: (trap, visit) => `http://${visit}.localhost:${server.port}/${trap}/`,
    close: async () => {
      await server.close();
      await rm(root, { recursive: true });
    },
  };
}
