/**
 * WebKit as Debian ships it: WebKitWebDriver drives MiniBrowser, a window with a page and little else, on a screen of Xvfb's.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openDriven } from './driven.js';
import { openScreen, XVFB } from './screen.js';

const DRIVERS = ['/usr/bin/WebKitWebDriver'];
const BROWSERS = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].flatMap((machine) =>
  ['6.0', '4.1', '4.0'].map((version) => `/usr/lib/${machine}/webkit2gtk-${version}/MiniBrowser`),
);
const [driver, program] = [DRIVERS, BROWSERS].map((places) => places.find((place) => existsSync(place)));
/** Where WebKit is: all that drives it is there. @type {string | undefined} */
export const WEBKIT = driver && XVFB && program;
/** A cold start on a busy machine. */
const START_MS = 60_000;

/** WebDriver's commands, by their addresses below the session. @type {Record<string, string>} */
const COMMANDS = { goto: 'url', evaluate: 'execute/async', act: 'actions', timeouts: 'timeouts', resize: 'window/rect' };

/** @returns {Promise<import('./driven.js').Browser & { display: string }>} display: the screen it is on */
export async function openWebKit() {
  if (!driver || !program || !XVFB) throw new Error('no WebKit found: apt-get install webkit2gtk-driver xvfb');
  const home = await mkdtemp(join(tmpdir(), 'falter-webkit-'));
  /** @type {(() => Promise<unknown>)[]} */
  const ends = [() => rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })];
  const close = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  /** @param {string} command @param {string[]} flags @param {import('node:child_process').SpawnOptions} options */
  const run = (command, flags, options) => {
    const child = spawn(command, flags, options);
    const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
    ends.push(() => (child.kill(), ended));
    return child;
  };
  try {
    const { display, close: closeScreen } = await openScreen();
    ends.push(closeScreen);
    const port = await freePort();
    run(driver, [`--port=${port}`], {
      stdio: 'ignore',
      env: { ...process.env, DISPLAY: display, HOME: home, XDG_RUNTIME_DIR: home, GDK_BACKEND: 'x11', LIBGL_ALWAYS_SOFTWARE: '1' },
    });
    const root = `http://127.0.0.1:${port}`;
    await answers(`${root}/status`);
    const asked = { capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary: program, args: ['--automation'] } } } };
    const { sessionId, capabilities } = await post(`${root}/session`, asked);
    const session = `${root}/session/${sessionId}`;
    ends.push(() => fetch(session, { method: 'DELETE' }).catch(() => {}));
    const driven = await openDriven({
      name: 'WebKit',
      version: capabilities.browserVersion,
      send: (command, body) => post(`${session}/${COMMANDS[command]}`, body),
      close,
    });
    return { ...driven, display };
  } catch (error) {
    await close();
    throw error;
  }
}

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  await new Promise((closed) => server.close(closed));
  return port;
}

/** @param {string} url */
async function answers(url) {
  for (const until = Date.now() + START_MS; Date.now() < until; await wait(50)) if (await fetch(url).catch(() => null)) return;
  throw new Error('WebKitWebDriver did not start');
}

/** @param {string} url @param {any} body @returns {Promise<any>} */
async function post(url, body) {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  const { value } = /** @type {any} */ (await response.json());
  if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}
