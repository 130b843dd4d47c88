/**
 * A visit that several pages are open of: other tabs, and pages in the browser's memory. The page that is looked at has the
 * session, and gets it from the one that had it before, as that left it. Loaded where there may be another, with consent to
 * storage alone: without it, or once it is taken back, nothing is said, heard or stored.
 *
 * A page that is opened, shown or gets the focus says that it takes over; the one that had the session gives it, unless it
 * has already, when it was hidden. What a page gives as it closes is kept by all that are left, until one of them is looked at.
 */

import { KEY } from './session.js';

/** Name of the channel, and of the lock that a card is claimed by. */
const NAME = 'falter';
/** Pages that have not loaded this part hear of another by this key of localStorage, which is removed at once. */
const HERE = 'falter.here';
/** So long a page that opens waits for another to give what it knows, ms: that one may have to load this part first. */
const ASK_MS = 400;
/** What comes so much later than it was asked for is still taken, ms; after that the page has gone its own way. */
const LATE_MS = 1500;
/** A leave is told once no other tab has taken over for so long, ms: a hidden page's timers run once a second. */
const LEAVE_MS = 1000;
/** The lock on a card is held so long, ms: until every other tab has heard of the card through localStorage. */
const CLAIM_MS = 1000;

/**
 * @typedef {import('./session.js').Visit} Visit
 * @typedef {{ visit: Visit, isGone?: boolean }} Given isGone: by a page that closed
 *
 * @typedef {object} Here this page; what may be left out is there once its engine is
 * @property {ReturnType<typeof import('./session.js').openSession>} session
 * @property {() => void} again ends the run and begins another, with what the session has by then
 * @property {string} [id] of the visit
 * @property {() => void} [keep] saves the session as it is now
 * @property {(visit: Visit, cause: string) => void} [goOn] with what another page left of the same visit
 * @property {(signal: import('./shops/index.js').PlainSignal) => unknown} [inform] tells the engine
 *
 * @typedef {ReturnType<typeof openTabs>} Tabs
 */

/** @param {Here} page @param {import('./guard.js').Door} door */
export function openTabs(page, door) {
  const { session } = page;
  /** @type {BroadcastChannel | undefined} */
  let channel;
  /** Whether there was ever another. */
  let isKnown = false;
  /** Whether this page has the session. */
  let isMine = true;
  /** Whether it gave it, and nothing happened here since. */
  let isGiven = false;
  /** What others gave while nobody looked at this page. @type {Given | undefined} */
  let latest;
  /** What is given until then is taken, page time. */
  let until = -Infinity;
  /** Waits for the session. @type {((visit: Visit | undefined) => void) | undefined} */
  let asking;
  /** Tells a leave, unless somebody takes over. @type {(() => void) | undefined} */
  let leave;
  /** When it is told. @type {ReturnType<typeof setTimeout> | undefined} */
  let leaving;

  /** @param {{ here?: true, taken?: true, given?: Given }} message */
  const post = (message) => {
    if (session.usable()) channel?.postMessage(message);
  };
  const flush = () => {
    clearTimeout(leaving);
    const tell = leave;
    leave = undefined;
    tell?.();
  };
  /** @param {Visit} visit @param {boolean} isGone */
  const give = (visit, isGone) => {
    if (!session.usable()) return;
    isGiven = true;
    post({ given: { visit: { ...visit, saved: Date.now() }, isGone } });
  };
  /** @param {Visit} since @param {string} cause */
  const goOn = (since, cause) => {
    if (since.id === page.id) page.goOn?.(since, cause);
    else if (page.id) {
      // of another visit, whose clock is another
      session.save(since);
      page.again();
    }
  };
  /** @param {Given} given */
  const use = ({ visit }) => {
    latest = undefined;
    if (asking) asking(visit);
    else goOn(visit, 'shop');
  };
  const takeOver = () => {
    until = performance.now() + LATE_MS;
    isGiven = false;
    if (isMine) return;
    isMine = true;
    post({ taken: true });
    if (latest && session.usable()) use(latest);
  };

  /** @param {{ data: { here?: true, taken?: true, given?: Given } }} message */
  const hear = ({ data: { here, taken, given } }) => {
    if (!session.usable()) return;
    isKnown = true;
    const isWaiting = isMine && performance.now() < until;
    if (here && isWaiting) post({ taken: true });
    if (taken) {
      if (isMine && !isGiven) page.keep?.();
      // what a page that is gone left behind
      else if (!isMine && latest?.isGone) post({ given: latest });
      isMine = false;
      latest = leave = undefined;
    }
    if (given && isWaiting) use(given);
    else if (given && !isMine) latest = given;
  };
  const open = () => {
    if (channel || !session.usable()) return;
    try {
      channel = new BroadcastChannel(NAME);
    } catch {
      // as in Firefox where cookies are blocked: this page is alone
      return;
    }
    channel.onmessage = (message) => door.call(() => hear(message));
    post({ here: true });
  };

  const close = () => {
    channel?.close();
    channel = undefined;
  };

  const tabs = {
    /**
     * Takes the session over, which a page that is new in its tab has to be given.
     * @param {boolean} isNew
     * @returns {Promise<Visit | undefined> | undefined} undefined: nobody has it
     */
    begin: (isNew) => {
      isKnown = !isNew;
      post({ taken: true });
      if (!isNew || !session.usable()) return;
      until = performance.now() + LATE_MS;
      try {
        localStorage.setItem(HERE, '1');
        localStorage.removeItem(HERE);
      } catch {
        // storage is full: pages that have this part hear the channel
      }
      return new Promise((answer) => {
        asking = (visit) => {
          asking = undefined;
          answer(visit);
        };
        setTimeout(() => asking?.(undefined), ASK_MS);
      });
    },
    /**
     * Keeps the session for the next page, here or in another tab.
     * @param {Visit} visit
     * @param {Event} [event] the page hides by
     * @returns {boolean} whether this visit is old: what another tab has by now is newer
     */
    save: (visit, event) => {
      const isGoing = event?.type === 'pagehide';
      const isOld = !isMine;
      if (!isOld) {
        session.save({ ...visit, shared: isKnown });
        if (!isGiven || isGoing) give(visit, isGoing);
      }
      if (isGoing) {
        flush();
        // an open channel keeps a page out of the browser's memory
        close();
      }
      return isOld;
    },
    /** Whether this tab is the first to have a card that is due now. @returns {Promise<boolean>} */
    claim: async () => {
      const { locks } = navigator;
      // without locks, as on plain http, what the other tab wrote to localStorage is all there is
      if (!locks) return true;
      return new Promise((answer) =>
        locks
          .request(NAME, { ifAvailable: true }, (lock) => {
            answer(Boolean(lock));
            return lock && new Promise((release) => setTimeout(release, CLAIM_MS));
          })
          .catch(() => answer(true)),
      );
    },
    /** Tells a leave, unless it is one to another tab. @param {() => void} tell */
    left: (tell) => {
      // the other page may be shown before this one is hidden
      if (!isMine) return;
      flush();
      leave = tell;
      if (isKnown) leaving = setTimeout(() => door.call(flush), LEAVE_MS);
      else flush();
    },
    /**
     * The page comes back from the browser's memory, and goes on from what happened on the pages since. The last of them may be
     * in a process of its own, and write what it knows when this one is shown already.
     */
    comeBack: () =>
      door.call(() => {
        open();
        takeOver();
        const since = session.load();
        if (since.state) goOn(since, 'bfcache');
        else page.inform?.({ s: 'pageshow', cause: 'bfcache' });
      }),
  };

  open();
  door.on(document, 'visibilitychange', () => document.hidden || takeOver());
  door.on(/** @type {any} */ (window), 'focus', takeOver);
  door.on(/** @type {any} */ (window), 'storage', ({ key }) => {
    if (key === KEY && performance.now() < until) tabs.comeBack();
  });
  door.signal.addEventListener('abort', () => {
    clearTimeout(leaving);
    leave = undefined;
    close();
  });
  return tabs;
}
