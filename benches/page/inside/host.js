/**
 * Runs in the page: what a contender finds there, and the clock and the timers that it is given.
 *
 * Only what any browser has is replaced, so that every contender is measured as it ships, through its public interface.
 */

/** falter's ticks are due this often, ms. */
export const TICK_MS = 250;

/** The contender's script and files, in memory before anything is timed. @param {string} name @param {string[]} files */
export async function fetchContender(name, files) {
  /** @param {string} file */
  const read = async (file) => {
    const answer = await fetch(`/contenders/${name}/${file}`);
    if (!answer.ok) throw new Error(`${name}/${file}: ${answer.status}`);
    return answer;
  };
  const script = await (await read('script.js')).text();
  const bytes = await Promise.all(files.map(async (file) => [file, new Uint8Array(await (await read(file)).arrayBuffer())]));
  return { script, bytes: Object.fromEntries(bytes) };
}

/**
 * Takes over a window's clock: once `at` is set, time stands there until it is set anew. Reading an event's time then
 * costs something else than in a page: who times it has to put that right (listen.js).
 *
 * @param {any} realm a window
 */
export function takeClock(realm) {
  const real = realm.performance.now.bind(realm.performance);
  /** reads: of events' times, so far. @type {{ at: number | undefined, real: () => number, reads: number }} */
  const clock = { at: undefined, real, reads: 0 };
  realm.performance.now = () => clock.at ?? real();
  realm.Date.now = () => realm.performance.timeOrigin + realm.performance.now();
  const stamp = Object.getOwnPropertyDescriptor(realm.Event.prototype, 'timeStamp');
  Object.defineProperty(realm.Event.prototype, 'timeStamp', {
    configurable: true,
    get() {
      clock.reads += 1;
      return clock.at ?? stamp?.get?.call(this);
    },
  });
  return clock;
}

/** Takes over the timer that falter ticks by: calls of `tick()` are its ticks from now on. @param {any} realm a window */
export function takeTicks(realm) {
  /** @type {(() => void)[]} */
  const timers = [];
  const setInterval = realm.setInterval.bind(realm);
  realm.setInterval = (/** @type {(...given: any[]) => void} */ run, /** @type {number} */ ms, /** @type {any[]} */ ...given) =>
    ms === TICK_MS ? timers.push(() => run(...given)) : setInterval(run, ms, ...given);
  return () => {
    for (const run of timers) run();
  };
}

/** The engine's memory, once there is one. @param {any} realm a window @returns {() => WebAssembly.Memory | undefined} */
export function watchMemory(realm) {
  /** @type {WebAssembly.Memory | undefined} */
  let memory;
  const keep = (/** @type {any} */ made) => {
    memory ??= Object.values((made.instance ?? made).exports).find((one) => one instanceof realm.WebAssembly.Memory);
    return made;
  };
  const { instantiate, Instance } = realm.WebAssembly;
  realm.WebAssembly.instantiate = (/** @type {any[]} */ ...given) => instantiate.apply(realm.WebAssembly, given).then(keep);
  realm.WebAssembly.Instance = function (/** @type {any[]} */ ...given) {
    return keep(Reflect.construct(Instance, given));
  };
  return () => memory;
}

/** Positions of a pointer that goes about the page, alike in every run; enough that no prediction learns them. */
const POSITIONS = 256;

/**
 * Events to send again and again, each the pair that a browser makes of one movement.
 * @param {any} realm a window
 * @returns {[PointerEvent, MouseEvent][]}
 */
export function makeMoves(realm) {
  return Array.from({ length: POSITIONS }, (_, i) => {
    const angle = (2 * Math.PI * i) / POSITIONS;
    const about = {
      bubbles: true,
      pointerType: 'mouse',
      clientX: Math.round(500 + 300 * Math.sin(3 * angle) + (i % 7)),
      clientY: Math.round(350 + 250 * Math.sin(4 * angle) + (i % 5)),
    };
    return [new realm.PointerEvent('pointermove', about), new realm.MouseEvent('mousemove', about)];
  });
}

/** @param {number} ms */
export const wait = (ms) => new Promise((done) => setTimeout(done, ms));
