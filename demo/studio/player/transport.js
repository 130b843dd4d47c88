/** Moves through a visit: plays, stops, jumps, and keeps to its bounds. Knows nothing of what is shown. */

export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16];
/** One tick, and a longer step, ms. */
const TICK_MS = 250;
const STEP_MS = 1000;

/**
 * @param {(t: number) => void} onMove ms
 * @param {(isPlaying: boolean, speed: number) => void} onState
 */
export function createTransport(onMove, onState) {
  let [t, end, speed, frame, last] = [0, 0, 1, 0, 0];

  /** @param {number} to */
  const seek = (to) => {
    t = Math.min(end, Math.max(0, to));
    onMove(t);
  };
  const pause = () => {
    cancelAnimationFrame(frame);
    frame = 0;
    onState(false, speed);
  };
  /** @param {number} now page time */
  const run = (now) => {
    frame = requestAnimationFrame(run);
    seek(t + (now - last) * speed);
    last = now;
    if (t >= end) pause();
  };
  const play = () => {
    if (frame) return pause();
    if (t >= end) seek(0);
    last = performance.now();
    frame = requestAnimationFrame(run);
    onState(true, speed);
  };

  return {
    seek,
    play,
    pause,
    now: () => t,
    /** @param {number} length ms @param {number} at */
    load: (length, at) => {
      pause();
      end = length;
      seek(at);
    },
    /** @param {number} to */
    speed: (to) => {
      speed = to;
      onState(frame > 0, speed);
    },
    /** @param {number} way 1 or −1 */
    faster: (way) => {
      const place = SPEEDS.indexOf(speed) + way;
      if (SPEEDS[place]) speed = SPEEDS[place];
      onState(frame > 0, speed);
    },
    /** What a key does here. @param {string} key @param {boolean} isLong @returns {boolean} whether it did anything */
    key: (key, isLong) => {
      const way = { ArrowLeft: -1, ArrowRight: 1 }[key];
      // a tick is stepped to, wherever one stands between two
      if (way && isLong) seek(t + way * STEP_MS);
      else if (way) seek((way > 0 ? Math.floor(t / TICK_MS) + 1 : Math.ceil(t / TICK_MS) - 1) * TICK_MS);
      else if (key === 'Home') seek(0);
      else if (key === 'End') seek(end);
      else return false;
      return true;
    },
  };
}
