/** falter in Vue: one engine an app, from a plugin or a composable. Renders on a server too, where nothing runs. */

import { inject, onMounted, onScopeDispose, readonly, shallowRef, toValue, watch } from 'vue';
import { follow } from './follow.js';
import { createFalter } from './index.js';

/**
 * @typedef {import('./types.js').Falter} Falter
 * @typedef {import('./types.js').Options} Options
 * @typedef {import('vue').MaybeRefOrGetter<Options>} GivenOptions plain, a ref, or a getter
 */

/** @type {import('vue').InjectionKey<Falter>} */
const KEY = Symbol('falter');

/**
 * Runs falter with options that may change. Those that say the same as before change nothing, whichever object holds them;
 * `consent` is what the shopper allows now.
 * @param {Falter} falter
 * @param {GivenOptions} options
 * @returns {() => void} ends it
 */
function run(falter, options) {
  const take = follow(falter);
  const unwatch = watch(() => toValue(options), take, { deep: true, immediate: true });
  return () => {
    unwatch();
    falter.stop();
  };
}

/**
 * The plugin: `app.use(falter, options)` runs falter as long as the app is there.
 * @type {import('vue').Plugin<[options?: GivenOptions]>}
 */
export const falter = {
  install(app, options = {}) {
    const handle = createFalter();
    app.provide(KEY, handle);
    // a server makes an app for every request, and unmounts none
    if (typeof document !== 'undefined') app.onUnmount(run(handle, options));
  },
};

/**
 * With options: runs falter from here, as long as the component is there. Without: the handle of the plugin.
 * @param {GivenOptions} [options]
 * @returns {Falter}
 * @throws an Error where there are neither options nor the plugin
 */
export function useFalter(options) {
  if (!options) return needed(inject(KEY, undefined));
  const handle = createFalter();
  let end = () => {};
  onMounted(() => (end = run(handle, options)));
  onScopeDispose(() => end());
  return handle;
}

/**
 * Hears an event as long as the component is there.
 * @template {import('./types.js').EventName} Name
 * @param {Name} type such as `show`, or `falter:show`
 * @param {(event: import('./types.js').EventOf<Name>) => void} listener
 * @param {Falter} [handle] of {@link useFalter} with options; else the plugin's
 * @returns {void}
 */
export function useFalterEvent(type, listener, handle = needed(inject(KEY, undefined))) {
  handle.on(type, listener);
  onScopeDispose(() => handle.off(type, listener));
}

/**
 * The risk that the shopper leaves within 4 s; changes up to four times a second.
 * @param {Falter} [handle] of {@link useFalter} with options; else the plugin's
 * @returns {Readonly<import('vue').Ref<number>>} 0..1; 0 until something runs
 */
export function useRisk(handle = needed(inject(KEY, undefined))) {
  const risk = shallowRef(handle.snapshot().risk);
  useFalterEvent('risk', ({ detail }) => void (risk.value = detail.risk), handle);
  return readonly(risk);
}

/** @param {Falter | undefined} handle @returns {Falter} */
function needed(handle) {
  if (!handle) throw new Error('falter: neither app.use(falter, options) nor options here');
  return handle;
}
