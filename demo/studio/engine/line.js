/**
 * A worker, and calls to it as promises. answer.js is the other end.
 *
 * | to the worker | back |
 * |---|---|
 * | `{ id, call, args }` | `{ id, part }` any number of times, then `{ id, value }` or `{ id, error }` |
 * | `{ abort: id }` | nothing: whoever called knows already |
 * | | `{ died }`: it can answer no more |
 */

/** A worker that can answer no more; what it was asked before has to be asked anew. */
export class Died extends Error {
  /** @override */
  name = 'Died';
}

/**
 * @typedef {object} Line
 * @property {(call: string, args: unknown[], options?: CallOptions) => Promise<any>} ask
 * @property {() => void} close ends the worker at once; what is under way is rejected
 *
 * @typedef {object} CallOptions
 * @property {AbortSignal} [signal] rejects at once with its reason, whatever the worker still does
 * @property {(part: any) => void} [onPart] for what comes before the answer
 */

/**
 * @param {string | URL} address of the worker, a module
 * @param {(why: Died) => void} onDeath once, after all that was under way was rejected with it
 * @returns {Line}
 */
export function openLine(address, onDeath) {
  const worker = new Worker(address, { type: 'module' });
  /** @type {Map<number, { resolve: (value: any) => void, reject: (why: unknown) => void, onPart?: (part: any) => void }>} */
  const waiting = new Map();
  let last = 0;
  let isOpen = true;

  /** @param {Died} why */
  const end = (why) => {
    isOpen = false;
    worker.terminate();
    for (const { reject } of waiting.values()) reject(why);
    waiting.clear();
  };
  /** @param {string} message */
  const die = (message) => {
    if (!isOpen) return;
    const why = new Died(message);
    end(why);
    onDeath(why);
  };
  worker.onmessage = ({ data }) => {
    if ('died' in data) return die(data.died);
    const call = waiting.get(data.id);
    // aborted in the meantime
    if (!call) return;
    if ('part' in data) return call.onPart?.(data.part);
    waiting.delete(data.id);
    if ('error' in data) call.reject(Object.assign(new Error(data.error.message), { name: data.error.name }));
    else call.resolve(data.value);
  };
  // its script could not be loaded, or threw outside of any call
  worker.onerror = (event) => die(event.message || 'its script could not be loaded');

  return {
    ask: (call, args, { signal, onPart } = {}) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        if (!isOpen) return reject(new Died('it was closed'));
        const id = ++last;
        const abort = () => {
          if (!waiting.delete(id)) return;
          worker.postMessage({ abort: id });
          reject(signal?.reason);
        };
        /** @template T @param {(value: T) => void} settle @returns {(value: T) => void} */
        const done = (settle) => (value) => {
          signal?.removeEventListener('abort', abort);
          settle(value);
        };
        signal?.addEventListener('abort', abort);
        waiting.set(id, { resolve: done(resolve), reject: done(reject), onPart });
        worker.postMessage({ id, call, args });
      }),
    close: () => isOpen && end(new Died('it was closed')),
  };
}
