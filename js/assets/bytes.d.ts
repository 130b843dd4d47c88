/** A file that the bundler puts in as bytes. */
declare const bytes: Uint8Array<ArrayBuffer>;
export default bytes;
