/**
 * Reads a file of recordings part by part: neither the file nor what it unpacks to is ever in memory as a whole here.
 */

import { Divider } from 'studio-module';

/** What is sent at once, bytes: the main thread takes a few ms for it, of which a browser's own parts, of 2 MB, would make 50. */
const PART = 1 << 18;
/** Nobody else is heard, not even who wants to stop, before so long, ms: parts may be there faster than messages. */
const HEARD_MS = 50;

/**
 * Sends `{ texts, sessions, bytes }` for each part.
 * @param {Blob} file
 * @param {import('./answer.js').Asked} asked
 * @returns {Promise<string[]>} what was set aside
 */
export async function read(file, { signal, part }) {
  const divider = new Divider();
  let bytes = 0;
  let heard = performance.now();
  const counted = new TransformStream({
    transform(chunk, out) {
      bytes += chunk.length;
      out.enqueue(chunk);
    },
  });
  /** @type {ReadableStream<Uint8Array>} */
  let stream = file.stream().pipeThrough(counted, { signal });
  const isPacked = await isGzip(file);
  if (isPacked) stream = stream.pipeThrough(/** @type {any} */ (new DecompressionStream('gzip')));
  const parts = stream.getReader();
  try {
    for (;;) {
      const { value, done } = await parts.read().catch((error) => {
        if (signal.aborted || !isPacked) throw error;
        throw new Error('the gzip file is damaged or cut short', { cause: error });
      });
      if (done) break;
      for (let from = 0; from < value.length; from += PART) part({ ...divider.push(value.subarray(from, from + PART)), bytes });
      if (performance.now() - heard > HEARD_MS) {
        await new Promise((go) => setTimeout(go));
        heard = performance.now();
      }
    }
    part({ ...divider.finish(), bytes });
    return divider.aside();
  } finally {
    divider.free();
    // what is left of a file that was refused is not read
    parts.cancel().catch(() => {});
  }
}

/** @param {Blob} file */
async function isGzip(file) {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  return first == 0x1f && second == 0x8b;
}
