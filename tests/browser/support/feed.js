/** A recording through an engine in a page, from its first signal to its end or in parts. */

/**
 * @typedef {object} Part
 * @property {any} header of the recording
 * @property {string[]} lines of this part
 * @property {number[] | null} state that it goes on from
 * @property {boolean} isLast
 * @property {boolean} [plain] through the engine as plain JavaScript
 *
 * @typedef {{ ticks: [t: number, risk: number, features: number[]][], saved: number[] }} Fed
 */

/**
 * Runs in the page, on its own: js/ and dist/ are served at the root.
 * @param {Part} given
 * @returns {Promise<Fed>}
 */
export async function feed({ header, lines, state, isLast, plain = false }) {
  const [{ openInstance, readNames }, { readPage }] = await Promise.all(['instance', 'page'].map((name) => import(/** @type {any} */ (`/js/${name}.js`))));
  const compile = async () => WebAssembly.compile(await (await fetch('/dist/falter.wasm')).arrayBuffer());
  const module = plain ? await import(/** @type {any} */ ('/dist/falter.nowasm.js')) : await compile();
  const model = new Uint8Array(await (await fetch('/dist/exit.falter')).arrayBuffer());
  // The recording's time, not the page's: a page that seems to have begun a million seconds late is never behind the clock.
  const ahead = 1e9;
  const origin = performance.timeOrigin;
  const names = readNames(module);
  const engine = await openInstance(module, model, names, readPage(names).imports, { started: origin + ahead, origin, touch: header.device === 'touch' });
  if (state && !engine.restore(new Uint8Array(state))) throw new Error('not restored');
  /** @type {[number, number, number[]][]} */
  const ticks = [];
  const run = (/** @type {number} */ until) => {
    for (let t = 250 * (Math.floor((ticks.at(-1)?.[0] ?? -250) / 250) + 1); t <= until; t += 250)
      if (engine.tick(t + ahead, Date.now()) & 1) ticks.push([engine.risk().t, engine.risk().risk, [...engine.features()]]);
  };
  for (const line of lines) {
    const signal = JSON.parse(line);
    run(signal.t);
    engine.signal(signal);
  }
  if (isLast) run(header.end);
  const saved = [...engine.save()];
  return { ticks, saved };
}
