/** The package as npm packs it, installed into projects of its users: a bundler's, a typed one, a server's. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { serve } from '../../xtask/serve.mjs';
import { openBrowser } from '../browser/support/browser.js';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const TSC = join(root, 'node_modules/typescript/bin/tsc');

/** A project that has installed the packed package. */
let project = '';
/** @type {string[]} what was packed */
let packed = [];
before(async () => {
  project = await mkdtemp(join(tmpdir(), 'falter-package-'));
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', project], { cwd: join(root, 'dist/npm') });
  const [{ filename, files }] = Object.values(JSON.parse(stdout));
  packed = files.map((/** @type {{ path: string }} */ { path }) => path);
  await writeFile(join(project, 'package.json'), '{ "name": "shop", "private": true, "type": "module" }');
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', join(project, filename)], { cwd: project });
});
after(() => rm(project, { recursive: true, force: true }));

/** Runs a module of the project. @param {string} code */
const inNode = async (code) => (await run(process.execPath, ['--input-type=module', '-e', code], { cwd: project })).stdout.trim();

test('all that is promised is packed, and nothing else', () => {
  for (const file of ['README.md', 'LICENSE-MIT', 'LICENSE-APACHE', 'index.js', 'index.d.ts', 'slim.js', 'slim.d.ts'])
    assert.ok(packed.includes(file), file);
  const beside = ['falter.js', 'falter.wasm', 'exit.falter', 'card.css', 'lang/en.json', 'card/more.js', 'card/layouts.css', 'lang/more/de.json'];
  for (const file of beside) assert.ok(packed.includes(`script/${file}`), file);
  const strange = packed.filter((file) => !/\.(d\.ts|js|json|css|wasm|falter|md)$|^LICENSE-/.test(file));
  assert.deepEqual(strange, []);
});

test('every entry resolves', async () => {
  const parts = ['plays.json', 'plays.js', 'further.js', 'recorder.js', 'shops/marks.js', 'card/more.js', 'card/layouts.css', 'lang/more/de.json'];
  const files = ['falter.wasm', 'exit.falter', 'lang/de.json', ...parts];
  const entries = ['falter', 'falter/slim', 'falter/script', ...files.map((file) => `falter/${file}`)];
  const found = JSON.parse(await inNode(`console.log(JSON.stringify(${JSON.stringify(entries)}.map((entry) => import.meta.resolve(entry))))`));
  for (const address of found) assert.ok((await readFile(new URL(address))).length, address);
});

test('a server may import it', async () => {
  const code = "const { createFalter } = await import('falter'); await import('falter/slim'); console.log(typeof createFalter);";
  assert.equal(await inNode(code), 'function');
});

test('the module is WebAssembly, the model is the one of the repository', async () => {
  const shipped = join(project, 'node_modules/falter/script');
  assert.ok(WebAssembly.validate(await readFile(join(shipped, 'falter.wasm'))));
  assert.deepEqual(await readFile(join(shipped, 'exit.falter')), await readFile(join(root, 'models/exit.falter')));
});

/** The output of a strict type check of one file; '' when it passes. @param {string} code */
async function check(code) {
  await writeFile(join(project, 'shop.ts'), code);
  const flags = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler'];
  return run(process.execPath, [TSC, ...flags, '--types', '', 'shop.ts'], { cwd: project }).then(
    () => '',
    (failed) => failed.stdout,
  );
}

test('its types hold in a strict project, and refuse what is wrong', async () => {
  const right = `import { createFalter, type Falter, type Play } from 'falter';
    import { provide } from 'falter/slim';
    provide({ wasm: '/falter.wasm', model: new Uint8Array() });
    const falter: Falter = createFalter({ consent: 'granted' });
    falter.on('falter:show', () => {});
    const plays: Play[] = [{ name: 'patient', when: 'session_s > 600', reason: 'indecision' }];
    falter.init({ plays });
    falter.signal({ s: 'cart', op: 'add', item: 'a', value: 10 });
    const running: Promise<void> = falter.start();`;
  assert.equal(await check(right), '');
  assert.match(await check("import { createFalter } from 'falter'; createFalter().start(1);"), /TS2554/);
  assert.match(await check("import { provide } from 'falter/slim'; provide({ wasm: 1 });"), /TS2/);
});

/** Pages that start falter as bundled for a shop, by where the bytes come from. */
const STARTS = {
  inlined: "import { createFalter } from 'falter'; window.falter = createFalter({ consent: 'memory' });",
  given: `import { createFalter, provide } from 'falter/slim';
    provide({ wasm: '/package/falter.wasm', model: new URL('/package/exit.falter', location.href) });
    window.falter = createFalter({ consent: 'memory' });`,
};

test('bundled for a shop, it starts in a browser', async (t) => {
  const site = join(project, 'site');
  await mkdir(site);
  for (const [name, start] of Object.entries(STARTS)) {
    const code = `${start}
      window.faults = [];
      document.addEventListener('falter:error', ({ detail }) => window.faults.push(detail));
      window.started = window.falter.start();`;
    await build({
      stdin: { contents: code, resolveDir: project },
      bundle: true,
      format: 'esm',
      outfile: join(site, `${name}.js`),
      logLevel: 'error',
    });
    await writeFile(join(site, `${name}.html`), `<!doctype html><title>Shop</title><script type="module" src="${name}.js"></script>`);
  }
  const server = await serve({ root: site, mounts: { '/package/': join(project, 'node_modules/falter/script') } });
  const browser = await openBrowser();
  try {
    for (const name of Object.keys(STARTS)) {
      await t.test(name, async () => {
        const page = await browser.newPage();
        await page.goto(`${server.url}/${name}.html`);
        const seen = await page.evaluate(async () => {
          await window.started;
          return { faults: window.faults, running: window.falter.snapshot().running };
        });
        assert.deepEqual(seen, { faults: [], running: true });
      });
    }
  } finally {
    await browser.close();
    await server.close();
  }
});
