/** The visit that is not a recording yet: kept aside while it goes on, so that neither a reload nor a fresh start loses it. */

/** So often, ms; and as the page goes away. */
const EVERY_MS = 10_000;
/** Less than this is nobody's loss, ms. */
const LEAST_MS = 5000;
/** Under which the library has it. */
const NAME = 'live';

/**
 * @typedef {{ session: string, end: number, at: number, text: string }} Aside at: wall ms; text: a recording
 * @param {import('../../app.d.ts').App} app
 * @param {ReturnType<typeof import('./visit.js').openVisit>} visit
 */
export function openUnkept(app, visit) {
  /** How far each visit is among the recordings, ms. @type {Map<string, number>} */
  const done = new Map();
  /** The one that lies aside. */
  let [session, end] = ['', 0];
  /** Of the page before, once; asked for before anything takes its place. @type {Promise<Aside | undefined> | undefined} */
  let before = app.library.kept(NAME).catch(() => undefined);

  /** @returns {Aside | undefined} what would be lost now */
  const now = () =>
    visit.header && visit.end - (done.get(visit.header.session) ?? 0) > LEAST_MS
      ? { session: visit.header.session, end: visit.end, at: Date.now(), text: visit.recording() }
      : undefined;
  const save = () => {
    const one = visit.header?.session === session && visit.end === end ? undefined : now();
    if (!one) return;
    ({ session, end } = one);
    app.library.keep(NAME, one).catch(() => {});
  };
  /** As a recording. @param {Aside} one */
  const record = async (one) => {
    try {
      const { texts, sessions, aside } = await app.engine.read(new Blob([one.text]));
      if (!texts.length) throw new Error(aside[0] ?? 'There is nothing to keep yet.');
      const name = `Visit at ${new Date(one.at).toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit', hour12: false })}`;
      const [item] = await app.library.add([{ name, text: texts[0], session: sessions[0] }], 'recorded');
      done.set(one.session, one.end);
      if (one.session === session) await app.library.keep(NAME, null);
      app.toast(`Kept as “${name}”.`, { kind: 'good', action: 'Open', run: () => app.open('recordings', { id: item.id }) });
    } catch (fault) {
      app.toast(/** @type {Error} */ (fault).message, { kind: 'bad' });
    }
  };

  setInterval(save, EVERY_MS);
  addEventListener('pagehide', save);

  return {
    /** The visit that goes on. */
    keep: async () => {
      if (visit.header) await record({ session: visit.header.session, end: visit.end, at: Date.now(), text: visit.recording() });
    },
    /** Before it is forgotten. @returns {(() => void) | undefined} keeps it after all */
    take: () => {
      save();
      const one = now();
      return one && (() => void record(one));
    },
    /** Once another visit has begun here: the one that a reload ended. It may be the same, where the shop's page stayed. */
    offer: async () => {
      const asked = before;
      before = undefined;
      const one = await asked;
      if (!one || one.session === visit.header?.session) return;
      session ||= one.session;
      app.toast('The visit before the reload was not kept.', { action: 'Keep it', run: () => record(one) });
    },
  };
}
