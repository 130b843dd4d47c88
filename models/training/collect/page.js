/**
 * Sends a visit's recording to the shop's own collector, in pieces: what is new, every ten seconds and as the page goes.
 * A piece is the recording's first line and the lines since the piece before; `?piece=` counts them.
 */

const EVERY_MS = 10_000;
/** Browsers keep 64 KiB of what is sent from a page that goes; of other bytes than ASCII there are few. */
const LAST_MAX = 60_000;
/** What the collector takes; the rest goes with the piece after. */
const PIECE_MAX = 200_000;
const KEY = 'falter.sent';

/**
 * @param {{ record: () => string, consent: () => string }} falter
 * @param {string} url of the shop's own origin
 * @returns {() => void} ends it
 */
export function sendRecording(falter, url) {
  const isWanted = () => falter.consent() === 'granted' && !(/** @type {any} */ (navigator).globalPrivacyControl);
  let sent = read();
  let isSending = false;
  /** @param {Sent} now */
  const keep = (now) => {
    sent = now;
    write(now);
  };

  /** What was not sent yet, and what is to be remembered once it was. @param {number} most characters */
  const next = (most) => {
    const text = isWanted() ? falter.record() : '';
    const start = text.indexOf('\n') + 1;
    if (!start) return;
    const { session } = JSON.parse(text.slice(0, start));
    const { piece, end } = sent && sent.session === session ? sent : { piece: 0, end: 0 };
    const lines = text.slice(start + end, start + end + most);
    const whole = lines.slice(0, lines.lastIndexOf('\n') + 1);
    if (!whole) return;
    const then = { session, piece: piece + 1, end: end + whole.length };
    return { address: `${url}?piece=${piece}`, body: text.slice(0, start) + whole, then };
  };

  const send = async () => {
    const part = isSending ? undefined : next(PIECE_MAX);
    if (!part) return;
    isSending = true;
    const before = sent;
    // a piece that may not have arrived is sent again, longer, under its number
    const answer = await fetch(part.address, { method: 'POST', body: part.body }).catch(() => undefined);
    isSending = false;
    // the page may have gone meanwhile, and come back
    if (answer?.ok && sent === before) keep(part.then);
  };

  const sendLast = () => {
    const part = document.visibilityState === 'hidden' ? next(LAST_MAX) : undefined;
    if (part && navigator.sendBeacon(part.address, part.body)) keep(part.then);
  };

  const timer = setInterval(send, EVERY_MS);
  // the last that a phone tells of a page is that it is hidden
  document.addEventListener('visibilitychange', sendLast);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', sendLast);
  };
}

/**
 * @typedef {object} Sent
 * @property {string} session
 * @property {number} piece how many pieces of it were sent
 * @property {number} end how much of it, characters after the first line
 */

/** @returns {Sent | undefined} */
function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? 'null') ?? undefined;
  } catch {
    // no storage: every page sends its visit from the beginning
  }
}

/** @param {Sent} sent */
function write(sent) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(sent));
  } catch {
    // as above
  }
}
