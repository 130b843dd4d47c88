/** Recordings as a file: their own lines, one session after the other, so that the command line reads it as it is. */

/** Texts fetched at once. */
const BATCH = 50;

/** @param {string} name */
const safe = (name) => name.replace(/[^\p{L}\p{N} ._-]+/gu, ' ').trim().slice(0, 80) || 'recording';

/** @param {import('../../app.d.ts').App} app @param {string[]} ids */
export async function download({ library, toast }, ids) {
  try {
    const items = library.list().filter(({ id }) => ids.includes(id));
    /** @type {string[]} */
    const parts = [];
    for (let at = 0; at < items.length; at += BATCH) {
      const some = await library.texts(items.slice(at, at + BATCH).map(({ id }) => id));
      parts.push(...some.map(({ text }) => (text.endsWith('\n') ? text : `${text}\n`)));
    }
    if (!parts.length) return toast('There is nothing to download.');
    save(new Blob(parts, { type: 'application/x-ndjson' }), items.length === 1 ? `${safe(items[0].name)}.ndjson` : `${items.length} recordings.ndjson`);
  } catch (fault) {
    toast(/** @type {Error} */ (fault).message, { kind: 'bad' });
  }
}

/** @param {Blob} blob @param {string} name */
export function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // the browser has begun to read it by then
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
