/**
 * What the engine that shops load would say, asked of that engine: the case is brought about by signals, and a play that always
 * holds takes the place of a likely leave. So what the studio shows can be said is what can be said.
 */

import { openInstance, readNames } from '../../../js/instance.js';
import { putPlays } from '../../../js/plays.js';
import { MEASURES } from '../../../js/plays/measures.js';

/** Beside this script. */
const FILES = new URL('../', import.meta.url);
/** Enough for the policy to judge by (src/policy.rs, ARMING_SIGNALS). */
const SIGNALS = 10;
/** The first tick after them, ms. */
const TICK_MS = 250;
/** "session_s >= 0", which always holds (src/plays.rs). */
const ALWAYS = [MEASURES.indexOf('session_s'), 1, 0];
/** A page that nobody moves on. */
const PAGE = { width: () => 1280, height: () => 800, depth: () => 3000, section: () => -1, path: () => 7, kind: () => 2, item: () => NaN, dialog: () => 0 };

/**
 * @typedef {object} Case
 * @property {Record<string, any>[]} facts as `facts` signals
 * @property {number | undefined} cart
 * @property {number | undefined} leftCart that the visit before left
 *
 * @typedef {{ reason: string, message: string, offer: string, cart: number | null }} Said
 */

export async function openOracle() {
  const [module, model] = await Promise.all([
    fetch(new URL('falter.wasm', FILES)).then((answer) => answer.arrayBuffer()).then(WebAssembly.compile),
    fetch(new URL('exit.falter', FILES)).then((answer) => answer.arrayBuffer()),
  ]);
  const names = readNames(module);
  const engine = await openInstance(module, new Uint8Array(model), names, PAGE, { started: 0, origin: 0, touch: false });
  const fresh = engine.save();

  /**
   * @param {Case} given
   * @returns {(reason: string, message?: string) => Said | null} message: tried first; null: nothing true to say
   */
  return ({ facts, cart, leftCart }) => {
    const setup = () => engine.setup({ threshold: 1, arming_ms: 0, consent: 2, visits: leftCart ? 2 : 1, left_cart: leftCart });
    engine.restore(fresh);
    setup();
    engine.signal({ s: 'page', page: 'product', t: 0 });
    for (const one of facts) engine.signal({ .../** @type {any} */ (one), t: 0 });
    if (cart !== undefined) engine.signal({ s: 'cart', op: 'quantity', value: cart, t: 0 });
    for (let i = 0; i < SIGNALS; i += 1) engine.signal({ s: 'select', t: 0 });
    const ready = engine.save();
    return (reason, message) => {
      engine.restore(ready);
      setup();
      putPlays(engine, names, [[names.reasons.indexOf(reason), message === undefined ? NaN : names.messages.indexOf(message), ...ALWAYS]], ['asked']);
      engine.tick(TICK_MS, TICK_MS);
      return /** @type {Said | null} */ (engine.decision()?.show ?? null);
    };
  };
}
