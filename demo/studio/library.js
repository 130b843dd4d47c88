/**
 * The library: recordings that stay over reloads. What they are and what they say are kept apart, so that the list needs no text.
 * Where the browser keeps nothing (a private window, storage that is blocked) it works in memory and says so.
 */

import { openShelf, openMemory } from './library/shelf.js';

/** What two tabs of the studio tell each other. */
const CHANNEL = 'falter-studio-library';
/** Written in one transaction: so many recordings, or characters. What is done stays, should the next not fit, and the page moves on between. */
const BATCH = 25;
const BATCH_LENGTH = 1 << 20;
/** Letters and digits of an id. */
const ID_LENGTH = 12;

/**
 * @typedef {import('./app.d.ts').Item} Item
 * @typedef {import('./app.d.ts').Library} Interface
 * @typedef {Item & { place: number }} Entry place: among those that were added with it
 */

const newId = () => [...crypto.getRandomValues(new Uint8Array(ID_LENGTH))].map((byte) => (byte % 36).toString(36)).join('');

/** Newest first; those that came together in their own order. @param {Entry} one @param {Entry} other */
const inOrder = (one, other) => other.added - one.added || one.place - other.place;

/** Where the batch that begins at a place ends. @param {{ text: string }[]} found @param {number} at */
function batchFrom(found, at) {
  let length = 0;
  let end = at;
  while (end < found.length && end - at < BATCH && (end === at || length + found[end].text.length <= BATCH_LENGTH)) length += found[end++].text.length;
  return end;
}

/** @param {unknown} fault @param {number} done @param {number} of @returns {Error} */
function noRoom(fault, done, of) {
  const { name, message } = /** @type {Error} */ (fault);
  const why = name === 'QuotaExceededError' ? 'The browser has no more room for recordings' : `The recordings could not be kept (${message})`;
  return Object.assign(new Error(`${why}: ${done} of ${of} were. Delete some, or download them first.`), { name: 'NoRoom', done });
}

/** @implements {Interface} */
class Library extends EventTarget {
  /** @type {Map<string, Entry>} */
  #entries = new Map();
  /** In their order; made anew when it is asked for. @type {Item[] | undefined} */
  #sorted;
  /** @type {import('./library/shelf.js').Shelf} */
  #shelf;
  /** @type {BroadcastChannel | undefined} */
  #channel;

  /** @param {import('./library/shelf.js').Shelf} shelf @param {string | null} trouble */
  constructor(shelf, trouble) {
    super();
    this.#shelf = shelf;
    this.trouble = trouble;
    if (trouble) return;
    this.#channel = new BroadcastChannel(CHANNEL);
    this.#channel.onmessage = ({ data }) => this.#hear(data);
  }

  async load() {
    for (const entry of await this.#shelf.entries()) this.#entries.set(entry.id, entry);
    return this;
  }

  list() {
    return (this.#sorted ??= [...this.#entries.values()].sort(inOrder));
  }

  /** @param {string} id */
  async text(id) {
    const [text] = await this.#shelf.texts([id]);
    if (text === undefined) throw new Error('This recording is not here any more.');
    return text;
  }

  /** @param {string[]} ids */
  async texts(ids) {
    const texts = await this.#shelf.texts(ids);
    // one that another tab has just deleted is left out
    return ids.flatMap((id, i) => texts[i] === undefined ? [] : [{ id, text: /** @type {string} */ (texts[i]) }]);
  }

  /** @type {Interface['add']} */
  async add(found, from) {
    const added = Date.now();
    const entries = found.map(({ name, text, session }, place) => ({ id: newId(), name, from, added, bytes: text.length, session, place }));
    /** @type {Entry[]} */
    const done = [];
    try {
      while (done.length < found.length) {
        const next = batchFrom(found, done.length);
        const some = entries.slice(done.length, next);
        await this.#shelf.put(some, found.slice(done.length, next).map(({ text }) => text));
        done.push(...some);
      }
    } catch (fault) {
      throw noRoom(fault, done.length, found.length);
    } finally {
      this.#enter(done);
    }
    return done;
  }

  /** @param {string} id @param {string} name */
  async rename(id, name) {
    const before = this.#entries.get(id);
    if (!before || before.name === name) return;
    const entry = { ...before, name };
    await this.#shelf.put([entry], []);
    this.#entries.set(id, entry);
    this.#changed({ added: [], removed: [], renamed: [id] });
  }

  /** @param {string[]} ids */
  async remove(ids) {
    const entries = ids.flatMap((id) => this.#entries.get(id) ?? []);
    const texts = await this.#shelf.texts(entries.map(({ id }) => id));
    await this.#shelf.remove(ids);
    this.#leave(ids);
    return async () => {
      const whole = entries.filter((_, i) => texts[i] !== undefined);
      await this.#shelf.put(whole, /** @type {string[]} */ (texts.filter((text) => text !== undefined)));
      this.#enter(whole);
    };
  }

  /** @param {string} name @param {unknown} value */
  keep(name, value) {
    return this.#shelf.keep(name, value);
  }

  /** @param {string} name */
  kept(name) {
    return this.#shelf.kept(name);
  }

  /** @param {Entry[]} entries */
  #enter(entries) {
    if (!entries.length) return;
    for (const entry of entries) this.#entries.set(entry.id, entry);
    this.#changed({ added: entries.map(({ id }) => id), removed: [], renamed: [] });
  }

  /** @param {string[]} ids */
  #leave(ids) {
    for (const id of ids) this.#entries.delete(id);
    this.#changed({ added: [], removed: ids, renamed: [] });
  }

  /** @param {Change} detail @param {boolean} [isHeard] another tab did it */
  #changed(detail, isHeard) {
    this.#sorted = undefined;
    this.dispatchEvent(new CustomEvent('change', { detail }));
    if (!isHeard) this.#channel?.postMessage(detail);
  }

  /** Another tab changed what is kept. @param {Change} detail */
  async #hear(detail) {
    const { added, removed, renamed } = detail;
    for (const id of removed) this.#entries.delete(id);
    for (const entry of await this.#shelf.entries([...added, ...renamed])) this.#entries.set(entry.id, entry);
    this.#changed(detail, true);
  }
}

/** @typedef {{ added: string[], removed: string[], renamed: string[] }} Change */

/** @returns {Promise<Interface>} */
export async function openLibrary() {
  try {
    return await new Library(await openShelf(), null).load();
  } catch (fault) {
    const why = /** @type {Error} */ (fault).message;
    return new Library(openMemory(), `This window keeps nothing: recordings and settings are gone when it is closed (${why}).`);
  }
}
