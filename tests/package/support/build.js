/** Builds the projects, each as its own tool is used. */

import { spawn } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { WORKSHOP, load, tool } from './workshop.js';

/** A server that has not answered by then never will. */
const SERVER_MS = 30_000;

/** @param {string} name */
const folder = (name) => join(WORKSHOP, 'projects', name);

/** Pages that a bundler does not touch go beside what it makes. @param {string} name @param {string[]} pages */
const copyPages = (name, pages) => Promise.all(pages.map((page) => cp(join(folder(name), page), join(folder(name), 'dist', page))));

/** @param {string} name of a project that Vite builds */
export const buildWithVite = (name) => tool('vite/bin/vite.js', ['build', '--base', './', '--logLevel', 'warn'], folder(name));

export async function buildWithWebpack() {
  const { default: webpack } = await load('webpack');
  const { default: config } = await import(join(folder('webpack'), 'webpack.config.js'));
  const stats = await new Promise((done, failed) =>
    webpack({ ...config, context: folder('webpack'), output: { path: folder('webpack/dist') } }, (/** @type {any} */ fault, /** @type {any} */ made) =>
      fault ? failed(fault) : done(made),
    ),
  );
  if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString({ all: false, errors: true, warnings: true }));
  await copyPages('webpack', ['index.html', 'slim.html']);
}

export async function buildWithEsbuild() {
  const { build } = await import('esbuild');
  const { warnings } = await build({
    absWorkingDir: folder('esbuild'),
    entryPoints: ['main.js'],
    bundle: true,
    splitting: true,
    format: 'esm',
    outdir: 'dist',
    logLevel: 'silent',
  });
  if (warnings.length) throw new Error(JSON.stringify(warnings));
  await copyPages('esbuild', ['index.html']);
}

export async function buildWithRollup() {
  await tool('rollup/dist/bin/rollup', ['--config', 'rollup.config.js', '--silent', '--failAfterWarnings'], folder('rollup'));
  await copyPages('rollup', ['index.html']);
}

/** @typedef {{ url: string, close: () => Promise<void> }} Served without a slash at the end */

/** A project in development, as Vite serves it. @param {string} name @returns {Promise<Served>} */
export async function serveWithVite(name) {
  const { createServer: open } = await load('vite');
  const server = await open({
    root: folder(name),
    // the package may have changed under the same version
    optimizeDeps: { force: true },
    server: { host: '127.0.0.1', port: 0 },
    logLevel: 'error',
  });
  await server.listen();
  return { url: `http://127.0.0.1:${server.httpServer.address().port}`, close: () => server.close() };
}

/** @returns {Promise<Served>} the project, built, on Next.js's own server */
export async function serveWithNext() {
  const program = 'next/dist/bin/next';
  await tool(program, ['build'], folder('next'));
  const port = await freePort();
  const args = [join(WORKSHOP, 'node_modules', program), 'start', '--hostname', '127.0.0.1', '--port', String(port)];
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: undefined };
  const server = spawn(process.execPath, args, { cwd: folder('next'), env, stdio: 'ignore' });
  const ended = new Promise((done) => server.once('exit', done));
  const close = async () => {
    server.kill();
    await ended;
  };
  const url = `http://127.0.0.1:${port}`;
  for (const until = Date.now() + SERVER_MS; Date.now() < until; await wait(100))
    if (await fetch(url).then((answer) => answer.ok, () => false)) return { url, close };
  await close();
  throw new Error('next start: no answer');
}

/** @returns {Promise<number>} a port of this machine that nobody listens on */
async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  await new Promise((done) => server.close(done));
  return port;
}
