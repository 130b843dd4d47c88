/** A screen of its own, Xvfb's, and the pointer and keys of its X server: what they do no browser can tell from a person's. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const [xvfb] = ['/usr/bin/Xvfb'].filter(existsSync);
/** Where Xvfb is. @type {string | undefined} */
export const XVFB = xvfb;
/** A cold start on a busy machine. */
const START_MS = 60_000;
const SIZE = '1400x1000x24';

/** What an X server knows of XTEST (X11 protocol and XTEST extension library, X.Org). */
const QUERY_EXTENSION = 98;
const FAKE_INPUT = 2;
const [PRESS_KEY, RELEASE_KEY, PRESS, RELEASE, MOTION] = [2, 3, 4, 5, 6];
/** Buttons; the wheel is two more. */
const [LEFT, WHEEL_UP, WHEEL_DOWN] = [1, 4, 5];
/** Keycodes of Xvfb's own keyboard, as Linux has them. @type {Record<string, number>} */
const KEYS = { Escape: 9, Tab: 23, Enter: 36, ArrowUp: 111, ArrowDown: 116, PageUp: 112, PageDown: 117, l: 46, a: 38, m: 58 };

/** @returns {Promise<{ display: string, close: () => Promise<unknown> }>} display: as in DISPLAY */
export async function openScreen() {
  if (!xvfb) throw new Error('no Xvfb found: apt-get install xvfb');
  const flags = ['-displayfd', '3', '-screen', '0', SIZE, '-nolisten', 'tcp'];
  const child = spawn(xvfb, flags, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  const told = /** @type {import('node:stream').Readable} */ (child.stdio[3]);
  const [display] = await Promise.race([once(told, 'data'), wait(START_MS, [''], { ref: false })]);
  if (!String(display).trim()) throw new Error('Xvfb did not start');
  return { display: `:${String(display).trim()}`, close: () => (child.kill(), ended) };
}

/**
 * The pointer and the keys of a screen, places in px from its upper left corner.
 * @param {string} display
 */
export async function openInput(display) {
  const socket = connect(`/tmp/.X11-unix/X${display.slice(1)}`);
  const answered = async () => /** @type {Buffer} */ ((await once(socket, 'data'))[0]);
  // little endian, protocol 11.0, nobody to be recognised
  socket.write(Buffer.from([0x6c, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
  if ((await answered())[0] !== 1) throw new Error('the X server does not want us');
  const name = 'XTEST';
  const query = Buffer.alloc(16);
  query.writeUInt8(QUERY_EXTENSION, 0);
  query.writeUInt16LE(4, 2);
  query.writeUInt16LE(name.length, 4);
  query.write(name, 8);
  socket.write(query);
  const extension = (await answered())[9];
  socket.on('data', () => {});
  /** @param {number} type @param {number} detail @param {number} [x] @param {number} [y] */
  const fake = (type, detail, x = 0, y = 0) => {
    const request = Buffer.alloc(36);
    request.writeUInt8(extension, 0);
    request.writeUInt8(FAKE_INPUT, 1);
    request.writeUInt16LE(9, 2);
    request.writeUInt8(type, 4);
    request.writeUInt8(detail, 5);
    request.writeInt16LE(Math.round(x), 24);
    request.writeInt16LE(Math.round(y), 26);
    socket.write(request);
  };
  return {
    move: (/** @type {number} */ x, /** @type {number} */ y) => fake(MOTION, 0, x, y),
    down: () => fake(PRESS, LEFT),
    up: () => fake(RELEASE, LEFT),
    /** @param {number} turn over 0: down */
    notch: (turn) => [PRESS, RELEASE].forEach((type) => fake(type, turn > 0 ? WHEEL_DOWN : WHEEL_UP)),
    /** @param {string} key one of KEYS */
    key: async (key) => {
      if (!KEYS[key]) throw new Error(`no key ${key}`);
      fake(PRESS_KEY, KEYS[key]);
      await wait(60);
      fake(RELEASE_KEY, KEYS[key]);
    },
    close: () => socket.destroy(),
  };
}
