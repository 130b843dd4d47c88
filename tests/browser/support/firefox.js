/**
 * Firefox by Marionette, the protocol that it speaks itself: WebDriver's commands as JSON over a socket. What geckodriver would
 * put between is not needed (https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html).
 */

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openDriven } from './driven.js';

const PLACES = [process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'];
/** Where Firefox is. @type {string | undefined} */
export const FIREFOX = PLACES.find((place) => place && existsSync(place));
/** A cold start on a busy machine. */
const START_MS = 60_000;

/** Any free port, no page of its own, and no request that a test did not make. */
const SETTINGS = {
  'marionette.port': 0,
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.aboutwelcome.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'captivedetect.canonicalURL': '',
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  'toolkit.telemetry.enabled': false,
};

/** WebDriver's commands, as Marionette names them. @type {Record<string, string>} */
const COMMANDS = {
  goto: 'WebDriver:Navigate',
  evaluate: 'WebDriver:ExecuteAsyncScript',
  act: 'WebDriver:PerformActions',
  timeouts: 'WebDriver:SetTimeouts',
  resize: 'WebDriver:SetWindowRect',
};

/**
 * @param {string} [display] the screen that its window is on; none: without a window
 * @returns {Promise<import('./driven.js').Browser>}
 */
export async function openFirefox(display) {
  if (!FIREFOX) throw new Error('no Firefox found: install it (apt-get install firefox-esr) or set FIREFOX to its path');
  const profile = await mkdtemp(join(tmpdir(), 'falter-firefox-'));
  const lines = Object.entries(SETTINGS).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
  await writeFile(join(profile, 'user.js'), lines.join('\n'));
  const child = spawn(FIREFOX, [...(display ? [] : ['--headless']), '--no-remote', '--marionette', '--profile', profile, 'about:blank'], {
    stdio: 'ignore',
    env: { ...process.env, HOME: profile, MOZ_CRASHREPORTER_DISABLE: '1', ...(display && { DISPLAY: display, MOZ_ENABLE_WAYLAND: '0' }) },
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const close = async () => {
    child.kill();
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  try {
    const send = await speak(await portOf(profile));
    const { capabilities } = await send('WebDriver:NewSession', {});
    return openDriven({
      name: 'Firefox',
      version: capabilities.browserVersion,
      send: (command, body) => send(COMMANDS[command], body),
      close,
    });
  } catch (error) {
    await close();
    throw error;
  }
}

/** Firefox writes its port into its profile once it listens. @param {string} profile */
async function portOf(profile) {
  for (const until = Date.now() + START_MS; Date.now() < until; await wait(50)) {
    const port = await readFile(join(profile, 'MarionetteActivePort'), 'utf8').catch(() => '');
    if (port) return Number(port);
  }
  throw new Error('Firefox did not start');
}

/**
 * Messages are `length:json`; a command is [0, id, name, parameters], its answer [1, id, error, result].
 * @param {number} port
 * @returns {Promise<(name: string, parameters: any) => Promise<any>>} once Firefox has introduced itself
 */
async function speak(port) {
  const socket = connect(port, '127.0.0.1');
  /** @type {Map<number, { done: (result: any) => void, failed: (error: Error) => void }>} */
  const waiting = new Map();
  let [last, bytes] = [0, Buffer.alloc(0)];
  await new Promise((introduced, failed) => {
    const hear = (/** @type {any} */ message) => {
      if (!Array.isArray(message)) return introduced(undefined);
      const [, id, error, result] = message;
      const { done, failed } = /** @type {any} */ (waiting.get(id));
      waiting.delete(id);
      if (error) failed(new Error(`${error.error}: ${error.message}`));
      else done(result);
    };
    socket.on('data', (more) => {
      bytes = Buffer.concat([bytes, more]);
      for (;;) {
        const colon = bytes.indexOf(':');
        const length = Number(bytes.subarray(0, Math.max(0, colon)));
        if (colon < 0 || bytes.length < colon + 1 + length) return;
        const message = JSON.parse(String(bytes.subarray(colon + 1, colon + 1 + length)));
        bytes = bytes.subarray(colon + 1 + length);
        hear(message);
      }
    });
    socket.on('error', failed);
    socket.on('close', () => waiting.forEach(({ failed }) => failed(new Error('Firefox is gone'))));
  });
  return (name, parameters) =>
    new Promise((done, failed) => {
      last += 1;
      waiting.set(last, { done, failed });
      const message = JSON.stringify([0, last, name, parameters]);
      socket.write(`${Buffer.byteLength(message)}:${message}`);
    });
}
