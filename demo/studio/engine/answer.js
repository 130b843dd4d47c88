/**
 * The worker's end of a line (line.js): calls run one after the other, in the order they were asked.
 */

/**
 * @typedef {object} Asked
 * @property {AbortSignal} signal
 * @property {(part: unknown) => void} part sends something before the answer
 *
 * @typedef {(args: any[], asked: Asked) => unknown} Call
 *
 * @typedef {object} Scope what of a worker's global scope is used here
 * @property {(message: unknown, options?: { transfer: Transferable[] }) => void} postMessage
 * @property {((event: MessageEvent) => void) | null} onmessage
 */

/** @param {Promise<Record<string, Call>>} calls by name, once they can be made */
export function answer(calls) {
  const scope = /** @type {Scope} */ (/** @type {unknown} */ (self));
  /** @type {Map<number, AbortController>} asked, and not answered yet */
  const open = new Map();
  let turn = Promise.resolve();
  let isDead = false;

  /** @param {unknown} error */
  const die = (error) => {
    isDead = true;
    scope.postMessage({ died: String(error) });
  };
  /** @param {{ id: number, call: string, args: unknown[] }} asked @param {AbortSignal} signal */
  const run = async ({ id, call, args }, signal) => {
    // where they cannot be made, that is told once, below
    const made = await calls.catch(() => undefined);
    if (signal.aborted || isDead || !made) return;
    try {
      const value = await made[call](args, { signal, part: (part) => scope.postMessage({ id, part }) });
      scope.postMessage({ id, value }, { transfer: buffers(value) });
    } catch (error) {
      if (isTrap(error)) die(error);
      else if (!signal.aborted) scope.postMessage({ id, error: { name: nameOf(error), message: messageOf(error) } });
    }
  };
  scope.onmessage = ({ data }) => {
    if ('abort' in data) return open.get(data.abort)?.abort();
    const aborter = new AbortController();
    open.set(data.id, aborter);
    turn = turn.then(() => run(data, aborter.signal)).finally(() => open.delete(data.id));
  };
  calls.catch(die);
}

/**
 * After a trap the module's memory may hold half of what was being done, and all that is asked of it later goes wrong. A stack
 * or a memory that is full is a RangeError.
 * @param {unknown} error
 */
const isTrap = (error) => error instanceof WebAssembly.RuntimeError || error instanceof RangeError;

/** @param {unknown} error */
const nameOf = (error) => (error instanceof Error || error instanceof DOMException ? error.name : 'Error');
/** @param {unknown} error */
const messageOf = (error) => (error instanceof Error || error instanceof DOMException ? error.message : String(error));

/**
 * The memory of typed arrays in an answer, down to two levels: handed over rather than copied.
 * @param {unknown} value @returns {Transferable[]}
 */
function buffers(value, depth = 2) {
  if (ArrayBuffer.isView(value)) return [/** @type {ArrayBuffer} */ (value.buffer)];
  if (!depth || !value || typeof value != 'object' || Array.isArray(value)) return [];
  return Object.values(value).flatMap((part) => buffers(part, depth - 1));
}
