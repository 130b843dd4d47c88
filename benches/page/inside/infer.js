/** Runs in the page: load, first answer, answers a quarter of a second apart, answers one after the other. */

import { TICK_MS, fetchContender, makeMoves, takeClock, takeTicks, wait, watchMemory } from './host.js';

/** Answers a quarter of a second apart: caches have gone cold between them. */
const COLD = 12;
/** Warm answers: so many in a row, for a timer of 5 µs; before each row the pointer of falter's page has moved. */
const [BATCHES, ROUNDS, IN_A_ROW, MOVING_MS] = [15, 8, 16, 1000];
const POINTER_HZ = 120;
/** What a page does between its start and ours. */
const SETTLE_MS = 300;

/**
 * @param {{ name: string, files: string[], rows: number[][] }} given rows: features to answer for; falter makes its own
 * @returns {Promise<{ script: number, load: number, first: number, cold: number[], warm: number[], kib: number }>}
 *   script: evaluating it, ms, part of load; load, first and cold in ms; warm: µs an answer, a batch each; kib: memory of
 *   the module
 */
export async function infer({ name, files, rows }) {
  const { script, bytes } = await fetchContender(name, files);
  const memory = watchMemory(window);
  const clock = takeClock(window);
  const tick = takeTicks(window);
  const inputs = rows.map((row) => Float32Array.from(row));
  await wait(SETTLE_MS);

  const began = clock.real();
  (0, eval)(script);
  const evaluated = clock.real();
  const made = await /** @type {any} */ (window).contender.load(bytes);
  const ready = clock.real();

  const isFalter = name === 'falter';
  let count = 0;
  /** One answer. @type {() => any} */
  const answer = isFalter ? tick : () => made(inputs[count++ % inputs.length]);
  const moves = makeMoves(window);
  let moved = 0;
  const move = () => moves[moved++ % moves.length].forEach((event) => document.body.dispatchEvent(event));
  const timed = async () => {
    const start = clock.real();
    const pending = answer();
    if (pending instanceof Promise) await pending;
    return clock.real() - start;
  };
  const pause = async () => {
    for (const end = clock.real() + TICK_MS; clock.real() < end; await wait(1000 / POINTER_HZ)) move();
  };

  await pause();
  const first = await timed();
  const cold = [];
  for (let i = 0; i < COLD; i++) {
    await pause();
    cold.push(await timed());
  }
  if (isFalter && !(made.snapshot().t >= COLD * TICK_MS)) throw new Error('falter did not tick');

  const warm = [];
  for (let i = 0; i < BATCHES; i++) {
    let ms = 0;
    for (let j = 0; j < ROUNDS; j++) {
      if (isFalter) {
        clock.at ??= clock.real();
        for (const end = clock.at + MOVING_MS; clock.at < end; clock.at += 1000 / POINTER_HZ) move();
        tick();
      }
      const start = clock.real();
      for (let k = 0; k < IN_A_ROW; k++) {
        if (isFalter) clock.at = /** @type {number} */ (clock.at) + TICK_MS;
        const pending = answer();
        if (pending instanceof Promise) await pending;
      }
      ms += clock.real() - start;
    }
    warm.push((ms * 1000) / (ROUNDS * IN_A_ROW));
  }
  return { script: evaluated - began, load: ready - began, first, cold, warm, kib: (memory()?.buffer.byteLength ?? 0) / 1024 };
}

/** @param {{ name: string, files: string[], rows: number[][] }} given @returns {Promise<number[]>} a margin a row */
export async function answers({ name, files, rows }) {
  const { script, bytes } = await fetchContender(name, files);
  (0, eval)(script);
  const predict = await /** @type {any} */ (window).contender.load(bytes);
  const margins = [];
  for (const row of rows) margins.push(await predict(Float32Array.from(row)));
  return margins;
}
