/** The command line, as the other side of a comparison. */

import { spawn } from 'node:child_process';

const root = new URL('../../../', import.meta.url);

/**
 * @typedef {{ session: string, t: number, risk: number, features?: (number | null)[] }} Tick
 *
 * @param {string} recording NDJSON
 * @param {string[]} [flags]
 * @returns {Promise<Tick[]>} every tick of it
 */
export async function replay(recording, flags = []) {
  const child = spawn('cargo', ['run', '--quiet', '--locked', '--features', 'cli', '--', 'replay', '-', ...flags], { cwd: root });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (err += text));
  child.stdin.end(recording);
  const code = await new Promise((done) => child.once('close', done));
  if (code) throw new Error(`falter replay: ${err}`);
  return out.split('\n').filter(Boolean).map((line) => JSON.parse(line));
}
