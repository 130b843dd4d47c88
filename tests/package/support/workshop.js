/**
 * Where the package is installed as its users do, and their projects are built: target/package, which is kept, so that only
 * the first run installs anything from the registry.
 */

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const HERE = fileURLToPath(new URL('../', import.meta.url));
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** Its node_modules hold frameworks, bundlers, and the package as packed. */
export const WORKSHOP = join(ROOT, 'target/package');
const QUIET = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
const LISTS = ['package.json', 'package-lock.json', '.npmrc'];

/** @typedef {{ path: string, size: number }} Packed a file, bytes */

/** @param {string} program @param {string[]} args @param {string} [cwd] @returns {Promise<string>} what it printed */
export async function command(program, args, cwd = WORKSHOP) {
  try {
    const { stdout } = await run(program, args, { cwd, env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: undefined } });
    return stdout;
  } catch (fault) {
    const { stdout, stderr } = /** @type {any} */ (fault);
    throw new Error(`${program} ${args.join(' ')}:\n${stdout ?? ''}${stderr ?? fault}`, { cause: fault });
  }
}

/** A program of an installed package. @param {string} file in node_modules @param {string[]} args @param {string} [cwd] */
export const tool = (file, args, cwd) => command(process.execPath, [join(WORKSHOP, 'node_modules', file), ...args], cwd);

/** An installed package's module. @param {string} name @returns {Promise<any>} */
export const load = (name) => import(pathToFileURL(createRequire(join(WORKSHOP, 'package.json')).resolve(name)).href);

/**
 * Packs dist/npm, installs it, and lays the projects out anew.
 * @returns {Promise<{ tarball: string, files: Packed[], bytes: number }>} bytes: of the tarball
 */
export async function openWorkshop() {
  await mkdir(WORKSHOP, { recursive: true });
  await installPeers();
  const json = await command('npm', ['pack', '--json', '--loglevel=error', '--pack-destination', WORKSHOP], join(ROOT, 'dist/npm'));
  const [{ filename, files, size }] = /** @type {any[]} */ (Object.values(JSON.parse(json)));
  const tarball = join(WORKSHOP, filename);
  await command('npm', ['install', '--no-save', '--offline', ...QUIET, tarball]);
  await rm(join(WORKSHOP, 'projects'), { recursive: true, force: true });
  await cp(join(HERE, 'projects'), join(WORKSHOP, 'projects'), { recursive: true });
  return { tarball, files, bytes: size };
}

/** What projects have beside falter, and what checks the package; unless it is there. */
async function installPeers() {
  const lists = await Promise.all(LISTS.map((file) => readFile(join(HERE, file), 'utf8')));
  const wanted = createHash('sha256').update(lists.join()).update(process.version).digest('hex');
  const stamp = join(WORKSHOP, 'installed');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return;
  await rm(stamp, { force: true });
  await Promise.all(LISTS.map((file) => cp(join(HERE, file), join(WORKSHOP, file))));
  await command('npm', ['ci', ...QUIET]);
  await writeFile(stamp, wanted);
}
