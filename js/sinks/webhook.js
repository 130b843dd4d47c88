/**
 * A webhook of the shop's own: gets the events as lines of JSON, and answers with any status of 200 to 299 once they are safe. What it
 * has not answered for is sent again, from this page or the next: an event may arrive twice, with the same id.
 */

import { read } from '../options.js';
import { KEY, toLine } from './outbox.js';

/** Events of one moment travel together, ms. */
const GATHER_MS = 300;
/** After a failure it is tried again so much later, ms, and twice as much after each further one, */
const RETRY_MS = 2_000;
/** up to this. */
const RETRY_MAX_MS = 300_000;
/** An answer that takes longer is none, ms. */
const ANSWER_MS = 30_000;
/** No preflight is asked for a type that forms can send, too (Fetch standard, CORS-safelisted). */
const TYPE = 'text/plain;charset=UTF-8';

/**
 * @param {unknown} given `{ url }`
 * @param {import('../sinks.js').Outlet} outlet
 * @returns {import('../sinks.js').Send | undefined} undefined: it says no address
 */
export function openWebhook(given, { allowed, outbox, fail, signal }) {
  const url = read(/** @type {any} */ (given).url, 'an address');
  if (!/^(https?:|[/.])/.test(url)) return void fail('bad_option', 'sinks.webhook.url', `"${url}" is not an address to send to`);
  /** @param {unknown} fault */
  const failed = (fault) => fail('sink', 'webhook', fault);

  /** On the way. @type {Set<string>} */
  let sending = new Set();
  /** The page is going: nobody would hear of an answer. */
  let isGoing = false;
  let failures = 0;
  let timer = 0;

  /** @param {number} ms */
  const soon = (ms) => {
    clearTimeout(timer);
    if (!signal.aborted) timer = setTimeout(send, ms);
  };
  const retryMs = () => Math.min(RETRY_MAX_MS, RETRY_MS * 2 ** (failures - 1)) * (0.75 + Math.random() / 2);

  /** @param {import('./event.js').Sent[]} events @param {number} dropped */
  const bodyOf = (events, dropped) => {
    const [{ v, id, at }] = events;
    const told = dropped ? toLine({ v, id: `${id}-dropped`, type: 'dropped', at, visitor: outbox.visitor(), count: dropped }) : '';
    return new Blob([told, ...events.map(toLine)], { type: TYPE });
  };

  const post = async () => {
    const { events, dropped } = outbox.read();
    if (!events.length) return;
    sending = new Set(events.map(({ id }) => id));
    try {
      const response = await fetch(url, {
        method: 'POST',
        body: bodyOf(events, dropped),
        keepalive: true,
        credentials: 'omit',
        // where the shopper was is not for the webhook: an address may say more than it should
        referrerPolicy: 'origin',
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      if (!response.ok) throw new Error(`answered ${response.status}`);
      outbox.remove(sending, dropped);
      failures = 0;
    } catch (fault) {
      failures += 1;
      failed(fault);
    } finally {
      sending = new Set();
    }
    // those that came meanwhile, or all of them again
    if (outbox.read().events.length) soon(failures ? retryMs() : GATHER_MS);
  };

  /** One tab at a time sends what all of them have, where the browser can tell (Web Locks). */
  const send = () => {
    timer = 0;
    if (!allowed() || sending.size || isGoing) return;
    const { locks } = navigator;
    const alone = locks
      ? locks.request(KEY, { ifAvailable: true }, (lock) => (lock ? post() : soon(RETRY_MS)))
      : post();
    alone.catch(failed);
  };

  /** The last that can be sent: whether it arrives is not known, so the next page sends it again. */
  const sendAtLast = () => {
    if (!allowed()) return;
    const { events, dropped } = outbox.read();
    const rest = events.filter(({ id }) => !sending.has(id));
    if (rest.length && navigator.sendBeacon(url, bodyOf(rest, dropped))) for (const { id } of rest) sending.add(id);
  };

  const on = { signal };
  addEventListener('online', () => soon(0), on);
  addEventListener('pagehide', () => {
    isGoing = true;
    sendAtLast();
  }, on);
  addEventListener('pageshow', () => {
    // a page that comes back from the browser's memory: what was on the way has gone
    if (!isGoing) return;
    isGoing = false;
    sending = new Set();
    soon(0);
  }, on);
  document.addEventListener('visibilitychange', () => document.hidden && send(), on);
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    sendAtLast();
  });
  // what the page before could not send
  soon(GATHER_MS);

  return (event) => {
    if (outbox.add(event)) failed('the queue was full: the oldest events were dropped');
    if (isGoing) sendAtLast();
    else if (document.hidden) send();
    else if (!failures) soon(GATHER_MS);
  };
}
