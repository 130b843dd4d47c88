/** What the tests of a file stand on: a server and a browser, there before the first and gone after the last. */

import { after, before, beforeEach } from 'node:test';
import { serve } from '../../../xtask/serve.mjs';
import { openBrowser } from './browser.js';

const home = new URL('../../../', import.meta.url);

/**
 * @template {{ close: () => Promise<unknown> }} Server
 * @param {() => Promise<Server>} openServer
 * @returns {{ server: Server, browser: Awaited<ReturnType<typeof openBrowser>> }} filled before the first test
 */
export function stand(openServer) {
  /** @type {any} */
  const here = {};
  before(async () => {
    here.server = await openServer();
    here.browser = await openBrowser();
  });
  after(async () => {
    await here.browser?.close();
    await here.server?.close();
  });
  return here;
}

/** The same with falter and an empty page (`/tests/blank.html`), for shoppers of whom nothing is stored. */
export function standBlank() {
  const mounts = { '/dist/': new URL('dist/', home), '/tests/': new URL('tests/browser/', home) };
  const here = stand(() => serve({ root: new URL('demo/', home), mounts }));
  beforeEach(async () => {
    const page = await here.browser.newPage();
    await page.goto(`${here.server.url}/tests/blank.html`);
    await page.evaluate('localStorage.clear(), sessionStorage.clear()');
    await page.close();
  });
  return here;
}
