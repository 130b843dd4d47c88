/** falter in React: one engine an app, from a provider or a hook. Renders on a server too, where nothing runs. */

import { createContext, createElement, useCallback, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { follow } from './follow.js';
import { createFalter } from './index.js';

/**
 * @typedef {import('./types.js').Falter} Falter
 * @typedef {import('./types.js').Options} Options
 */

const Context = createContext(/** @type {Falter | undefined} */ (undefined));

/** A handle that goes with a component. */
function open() {
  const falter = createFalter();
  return { falter, take: follow(falter) };
}

/**
 * With options: runs falter from here, as long as the component is there. Options that say the same as on the last render
 * change nothing, whichever object holds them; `consent` is what the shopper allows now.
 *
 * Without: the handle of the {@link FalterProvider} above. Whether it has options must not change from render to render.
 *
 * @param {Options} [options]
 * @returns {Falter} the same on every render
 * @throws an Error where there are neither options nor a provider
 */
export function useFalter(options) {
  const above = useContext(Context);
  const [own] = useState(() => options && open());
  useEffect(() => {
    if (options) own?.take(options);
  });
  useEffect(() => {
    // Also after React's strict mode has taken the component away and put it back.
    own?.falter.start();
    return () => own?.falter.stop();
  }, [own]);
  const falter = own?.falter ?? above;
  if (!falter) throw new Error('useFalter() without options needs a <FalterProvider> above it');
  return falter;
}

/**
 * Runs falter for all that is inside: put it around the app, where it outlives a change of page.
 * @param {{ options?: Options, children?: import('react').ReactNode }} props options: as for {@link useFalter}
 * @returns {import('react').ReactElement}
 */
export function FalterProvider({ options = {}, children }) {
  return createElement(Context.Provider, { value: useFalter(options) }, children);
}

/**
 * Hears an event as long as the component is there; the listener may be another on every render.
 * @template {import('./types.js').EventName} Name
 * @param {Name} type such as `show`, or `falter:show`
 * @param {(event: import('./types.js').EventOf<Name>) => void} listener
 * @param {Falter} [falter] of {@link useFalter} with options; else the provider's
 * @returns {void}
 */
export function useFalterEvent(type, listener, falter) {
  const handle = useHandle(falter);
  const latest = useRef(listener);
  useEffect(() => void (latest.current = listener));
  useEffect(() => {
    /** @param {import('./types.js').EventOf<Name>} event */
    const hear = (event) => latest.current(event);
    handle.on(type, hear);
    return () => handle.off(type, hear);
  }, [handle, type]);
}

/**
 * The risk that the shopper leaves within 4 s; renders anew as it changes, up to four times a second.
 * @param {Falter} [falter] of {@link useFalter} with options; else the provider's
 * @returns {number} 0..1; 0 while nothing runs
 */
export function useRisk(falter) {
  const handle = useHandle(falter);
  const subscribe = useCallback(
    (/** @type {() => void} */ changed) => {
      handle.on('risk', changed);
      return () => handle.off('risk', changed);
    },
    [handle],
  );
  return useSyncExternalStore(subscribe, () => handle.snapshot().risk, none);
}

const none = () => 0;

/** @param {Falter} [falter] */
function useHandle(falter) {
  const above = useContext(Context);
  const handle = falter ?? above;
  if (!handle) throw new Error('falter: no handle given, and no <FalterProvider> above');
  return handle;
}
