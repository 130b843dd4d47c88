/** Hands over a model: its file, and the manifest that stands beside it. */

/** A file is let go of so much later, ms: by then it was written. */
const KEPT_MS = 60_000;

/** @param {BlobPart} content @param {string} type @param {string} name */
function hand(content, type, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}

/** @typedef {import('../../engine/types.js').Trained} Trained */

/** @param {Trained} trained */
export const downloadModel = ({ model, info }) => hand(/** @type {BlobPart} */ (model), 'application/octet-stream', `retrained-${info.checksum}.falter`);
/** @param {Trained} trained */
export const downloadManifest = ({ manifest, info }) => hand(manifest, 'application/json', `retrained-${info.checksum}.json`);
