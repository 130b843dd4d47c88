/**
 * Serves folders on 127.0.0.1: the demo for `./build.sh demo`, pages for the browser tests.
 *
 *     node xtask/serve.mjs            the demo at /, dist/ at /dist/
 *     PORT=9000 node xtask/serve.mjs  on that port and no other
 */

import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const HOST = '127.0.0.1';
/** The demo is looked for from here on. */
const FIRST_PORT = 8137;
/** After that many taken ports something else is wrong. */
const PORTS_TRIED = 100;

/** @type {Record<string, string>} */
const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.falter': 'application/octet-stream',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.ndjson': 'application/x-ndjson',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ts': 'text/plain; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/**
 * @typedef {object} ServeOptions
 * @property {string | URL} [root] the folder at /
 * @property {Record<string, string | URL>} [mounts] other folders, by the path they are at: `{ '/dist/': '…/dist' }`
 * @property {Record<string, string>} [headers] sent with every answer
 * @property {number} [port] 0 or none: any that is free
 *
 * @typedef {object} Served
 * @property {string} url such as http://127.0.0.1:8137, without a slash at its end
 * @property {number} port
 * @property {() => Promise<void>} close ends open connections, too
 */

/**
 * @param {ServeOptions} options
 * @returns {Promise<Served>} once it listens; rejects with `EADDRINUSE` where the port is taken
 */
export async function serve({ root, mounts = {}, headers = {}, port = 0 }) {
  const folders = Object.entries({ ...(root && { '/': root }), ...mounts })
    .map(([at, folder]) => ({ at, folder: resolve(folder instanceof URL ? fileURLToPath(folder) : folder) }))
    // the longest path is the closest match
    .sort((one, other) => other.at.length - one.at.length);
  const server = createServer((request, response) => {
    answer(folders, headers, request, response).catch(() => response.destroy());
  });
  await new Promise((listening, failed) => {
    server.once('error', failed).listen(port, HOST, () => listening(undefined));
  });
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://${HOST}:${address.port}`,
    port: address.port,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/**
 * @param {{ at: string, folder: string }[]} folders
 * @param {Record<string, string>} always headers of every answer
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
async function answer(folders, always, { method, url = '/' }, response) {
  /** @param {number} status @param {Record<string, string | number>} [headers] */
  const head = (status, headers) => response.writeHead(status, { 'cache-control': 'no-cache', ...always, ...headers });
  if (method != 'GET' && method != 'HEAD') {
    head(405, { allow: 'GET, HEAD' }).end();
    return;
  }
  const found = await find(folders, url.replace(/[?#].*/s, ''));
  if (!found) {
    head(404, { 'content-type': TYPES['.txt'] }).end('not found\n');
    return;
  }
  if ('redirect' in found) {
    head(308, { location: found.redirect }).end();
    return;
  }
  const { file, size } = found;
  head(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'content-length': size,
    'x-content-type-options': 'nosniff',
  });
  if (method == 'HEAD') response.end();
  else createReadStream(file).on('error', () => response.destroy()).pipe(response);
}

/**
 * The file a path means; a folder means its index.html.
 * @param {{ at: string, folder: string }[]} folders
 * @param {string} rawPath percent-encoded
 * @returns {Promise<{ file: string, size: number } | { redirect: string } | undefined>} nothing outside the folders
 */
async function find(folders, rawPath) {
  let path;
  try {
    path = decodeURIComponent(rawPath);
  } catch {
    return undefined;
  }
  const mount = folders.find(({ at }) => path.startsWith(at));
  if (!mount || path.includes('\0')) return undefined;
  const { at, folder } = mount;
  const named = await lookUp(folder, path.slice(at.length));
  if (!named?.isDirectory) return named;
  // Relative links of the page in it need the slash.
  if (!path.endsWith('/')) return { redirect: `${new URL(rawPath, `http://${HOST}`).pathname}/` };
  const index = await lookUp(folder, join(path.slice(at.length), 'index.html'));
  return index?.isDirectory ? undefined : index;
}

/**
 * @param {string} folder
 * @param {string} path inside it
 * @returns {Promise<{ file: string, size: number, isDirectory: boolean } | undefined>} undefined: none, or not inside
 */
async function lookUp(folder, path) {
  try {
    const [home, file] = await Promise.all([realpath(folder), realpath(join(folder, path))]);
    if (file != home && !file.startsWith(home + sep)) return undefined;
    const found = await stat(file);
    return { file, size: found.size, isDirectory: found.isDirectory() };
  } catch {
    return undefined;
  }
}

/**
 * The demo at /, dist/ at /dist/. The studio may be opened over a shop of another origin, whose page asks for its scripts then.
 * @returns {ServeOptions}
 */
export function demo() {
  const here = new URL('..', import.meta.url);
  return { root: new URL('demo/', here), mounts: { '/dist/': new URL('dist/', here) }, headers: { 'access-control-allow-origin': '*' } };
}

/** The demo, until it is stopped. */
async function serveDemo() {
  const wanted = Number(process.env.PORT ?? 0);
  const ports = wanted ? [wanted] : Array.from({ length: PORTS_TRIED }, (_, i) => FIRST_PORT + i);
  for (const port of ports) {
    try {
      const { url } = await serve({ ...demo(), port });
      console.log(`${url}/`);
      return;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code != 'EADDRINUSE') throw error;
    }
  }
  console.error(`port ${ports[0]}${ports.length > 1 ? ` and the ${ports.length - 1} after it are` : ' is'} taken: set PORT`);
  process.exitCode = 1;
}

if (process.argv[1] == fileURLToPath(import.meta.url)) await serveDemo();
