/**
 * The studio's engine as it ships, in Node: dist/studio/worker.js in a thread that looks to it like a Web Worker.
 */

import { Worker as Thread } from 'node:worker_threads';
import { openEngine } from '../../../demo/studio/engine/client.js';

const SCRIPT = new URL('../../../dist/studio/worker.js', import.meta.url);

/** What a Web Worker has and a thread has not; `before` runs first. @param {string} before */
const prelude = (before) => `
  import { parentPort } from 'node:worker_threads';
  import { readFile } from 'node:fs/promises';
  globalThis.self = globalThis;
  globalThis.postMessage = (message, { transfer } = {}) => parentPort.postMessage(message, transfer);
  globalThis.fetch = async (url) => new Response(await readFile(url), { headers: { 'content-type': 'application/wasm' } });
  ${before}
  await import(${JSON.stringify(SCRIPT.href)});
  parentPort.on('message', (data) => globalThis.onmessage({ data }));
`;

/** As much of a Web Worker as the client uses. */
class NodeWorker {
  /** Run before the script of each worker that is started. */
  static before = '';
  /** How many were started. */
  static started = 0;

  constructor() {
    NodeWorker.started++;
    const code = `data:text/javascript,${encodeURIComponent(prelude(NodeWorker.before))}`;
    this.thread = new Thread(new URL(code));
    this.thread.on('message', (data) => this.onmessage?.({ data }));
    this.thread.on('error', (error) => this.onerror?.({ message: String(error) }));
  }
  /** @param {unknown} message */
  postMessage(message) {
    this.thread.postMessage(message);
  }
  terminate() {
    this.thread.terminate();
  }
}

/** The engine of the studio. */
export function openStudio() {
  Object.assign(globalThis, { Worker: NodeWorker });
  return openEngine();
}

export { NodeWorker };
