/**
 * Sinks other than the dataLayer: what falter did goes to GA4, Segment, Klaviyo, Braze or a webhook of the shop's own. All are off
 * by default; `sinks: { segment: true, webhook: { url: '/falter-events' } }` turns them on, consent decides. Loaded by pages
 * of shops that have any of them on.
 */

import { capabilities } from './consent.js';
import { openEvents } from './sinks/event.js';
import { openOutbox } from './sinks/outbox.js';
import { PLATFORMS, openPlatform } from './sinks/platforms.js';
import { openWebhook } from './sinks/webhook.js';

/**
 * @typedef {object} Host what sinks have of the handle
 * @property {import('./options.js').Options} options
 * @property {Pick<import('./start.js').Falter, 'on' | 'off' | 'consent'>} handle
 * @property {{ past: () => import('./history.js').Past }} history
 * @property {(code: import('./start.js').ErrorCode, where: string, fault: unknown) => void} fail
 * @property {AbortController} life aborted by a stop
 *
 * @typedef {import('./sinks/event.js').Sent} Sent
 * @typedef {(event: Sent) => void} Send
 *
 * @typedef {object} Outlet what one sink has
 * @property {() => boolean} allowed whether anything may be sent, asked every time
 * @property {ReturnType<typeof openOutbox>} outbox
 * @property {Host['fail']} fail
 * @property {AbortSignal} signal
 */

/** @param {Host} host */
export function open({ options, handle, history, fail: tell, life: { signal } }) {
  if (signal.aborted) return;
  const fail = onceEach(tell);
  const allowed = () => capabilities(handle.consent(), /** @type {any} */ (navigator).globalPrivacyControl).sinks;
  const { types, make, visitor } = openEvents(options, history);
  const outbox = openOutbox({ allowed, visitor, fail }, () => history.past().orders);
  const sinks = openEach(options.sinks, { allowed, outbox, fail, signal });

  /** @param {string} type @param {Record<string, any>} detail @param {number} [at] wall ms */
  const take = (type, detail, at) => {
    if (!allowed()) return;
    if (type === 'purchase') outbox.ordersTold();
    const event = make(type, detail, at);
    for (const [sink, send] of sinks) {
      try {
        send(event);
      } catch (fault) {
        fail('sink', sink, fault);
      }
    }
  };

  // an order that was placed before there was a sink to hear of it: the page that thanks may be closed at once
  const { spent, purchased } = history.past();
  for (let untold = outbox.ordersUntold(); untold > 0; untold--) take('purchase', { value: untold > 1 ? undefined : spent || undefined }, purchased);
  /** @param {CustomEvent} event */
  const heard = (event) => {
    const type = event.type.replace('falter:', '');
    // listeners after this one may cancel it yet
    queueMicrotask(() => event.defaultPrevented || take(type, event.detail));
  };
  for (const type of types) handle.on(type, heard);
  signal.addEventListener('abort', () => types.forEach((type) => handle.off(type, heard)));
}

/**
 * @param {import('./options.js').Options['sinks']} given
 * @param {Outlet} outlet
 * @returns {[name: string, send: Send][]} those that are on and can be
 */
function openEach(given, outlet) {
  /** @type {[string, Send][]} */
  const open = [];
  for (const [name, settings] of Object.entries(given)) {
    if (!settings || name === 'datalayer') continue;
    if (name === 'webhook') {
      const send = openWebhook(settings, outlet);
      if (send) open.push([name, send]);
    } else if (Object.hasOwn(PLATFORMS, name)) open.push([name, openPlatform(name, outlet)]);
    else outlet.fail('bad_option', `sinks.${name}`, 'unknown');
  }
  return open;
}

/**
 * A sink that is down fails at every event: each kind of fault is told once.
 * @param {Host['fail']} fail
 * @returns {Host['fail']}
 */
function onceEach(fail) {
  const told = new Set();
  return (code, where, fault) => {
    const kind = `${where}: ${/** @type {any} */ (fault)?.message ?? fault}`;
    if (told.has(kind)) return;
    told.add(kind);
    fail(code, where, fault);
  };
}
