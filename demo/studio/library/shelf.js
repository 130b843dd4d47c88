/** Where the library's things lie: IndexedDB, or memory where there is none. */

const NAME = 'falter-studio';
/** Goes up with the stores below; each step of `grow` brings a database from one version to the next. */
const VERSION = 1;
/** @type {((db: IDBDatabase) => void)[]} */
const GROW = [
  (db) => {
    for (const store of ['entries', 'texts']) db.createObjectStore(store);
    db.createObjectStore('kept');
  },
];

/**
 * @typedef {import('../library.js').Entry} Entry
 *
 * @typedef {object} Shelf
 * @property {(ids?: string[]) => Promise<Entry[]>} entries all, or those that are there of some
 * @property {(ids: string[]) => Promise<(string | undefined)[]>} texts
 * @property {(entries: Entry[], texts: string[]) => Promise<void>} put all or nothing; without texts: those they have
 * @property {(ids: string[]) => Promise<void>} remove
 * @property {(name: string, value: unknown) => Promise<void>} keep
 * @property {(name: string) => Promise<any>} kept
 */

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const answer = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Once it is on the disk: a request that succeeded may still not fit. @param {IDBTransaction} work @returns {Promise<void>} */
const done = (work) =>
  new Promise((resolve, reject) => {
    work.oncomplete = () => resolve();
    work.onabort = () => reject(work.error ?? new DOMException('the browser gave it up', 'AbortError'));
  });

/** @returns {Promise<IDBDatabase>} */
function open() {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = ({ oldVersion }) => GROW.slice(oldVersion).forEach((step) => step(request.result));
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('another tab has an older studio open: close it and reload'));
  });
}

/** @returns {Promise<Shelf>} rejects where the browser has no place for it */
export async function openShelf() {
  const db = await open();
  // a newer studio in another tab wants to rebuild it: what is written from now on would be lost
  db.onversionchange = () => db.close();
  /** @param {string[]} stores @param {IDBTransactionMode} mode */
  const work = (stores, mode) => db.transaction(stores, mode);

  return {
    entries: async (ids) => {
      const store = work(['entries'], 'readonly').objectStore('entries');
      if (!ids) return answer(store.getAll());
      return (await Promise.all(ids.map((id) => answer(store.get(id))))).filter(Boolean);
    },
    texts: (ids) => {
      const store = work(['texts'], 'readonly').objectStore('texts');
      return Promise.all(ids.map((id) => answer(store.get(id))));
    },
    put: (entries, texts) => {
      const writing = work(['entries', 'texts'], 'readwrite');
      entries.forEach((entry, i) => {
        writing.objectStore('entries').put(entry, entry.id);
        if (texts[i] !== undefined) writing.objectStore('texts').put(texts[i], entry.id);
      });
      return done(writing);
    },
    remove: (ids) => {
      const writing = work(['entries', 'texts'], 'readwrite');
      for (const id of ids) for (const store of ['entries', 'texts']) writing.objectStore(store).delete(id);
      return done(writing);
    },
    keep: (name, value) => {
      const writing = work(['kept'], 'readwrite');
      writing.objectStore('kept').put(value, name);
      // at once: a page that goes away does not stay for its end
      writing.commit();
      return done(writing);
    },
    kept: (name) => answer(work(['kept'], 'readonly').objectStore('kept').get(name)),
  };
}

/** The same until the page is closed. @returns {Shelf} */
export function openMemory() {
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  /** @type {Map<string, string>} */
  const texts = new Map();
  /** @type {Map<string, unknown>} */
  const kept = new Map();
  return {
    entries: async (ids = [...entries.keys()]) => ids.flatMap((id) => entries.get(id) ?? []),
    texts: async (ids) => ids.map((id) => texts.get(id)),
    put: async (some, own) =>
      some.forEach((entry, i) => {
        entries.set(entry.id, entry);
        if (own[i] !== undefined) texts.set(entry.id, own[i]);
      }),
    remove: async (ids) => {
      for (const id of ids) for (const map of [entries, texts]) map.delete(id);
    },
    keep: async (name, value) => void kept.set(name, structuredClone(value)),
    kept: async (name) => kept.get(name),
  };
}
