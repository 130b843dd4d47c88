/** What the README says to a new user works as it stands there: an empty page, its tag, and a prediction. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { LAPTOP, openBrowser } from './support/browser.js';

const home = new URL('../../', import.meta.url);
/** The first prediction is due a quarter of a second after the start; a busy machine takes longer. */
const PREDICTED_WITHIN_MS = 10_000;
const MOST_STEPS = 3;

const readme = await readFile(new URL('README.md', home), 'utf8');
const [, quickStart] = /\n## In a shop\n([^]*?)\n(?:##|###) /.exec(readme) ?? [];
/** Numbered, as a reader counts them. */
const steps = quickStart?.match(/^\d\. /gm) ?? [];
const [, tag] = /```html\n\s*(<script[^]*?<\/script>)/.exec(quickStart ?? '') ?? [];

let server;
let browser;
before(async () => {
  server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '', 'http://localhost').pathname;
    const body = path.startsWith('/falter/') ? await readFile(new URL(`dist/${path.slice(8)}`, home)).catch(() => null) : undefined;
    const type = /\.js$/.test(path) ? 'text/javascript' : path.endsWith('.wasm') ? 'application/wasm' : 'text/html';
    response.writeHead(body === null ? 404 : 200, { 'content-type': type });
    response.end(body ?? `<!doctype html><title>empty</title>${tag}`);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  browser = await openBrowser(LAPTOP);
});
after(async () => {
  await browser?.close();
  server?.close();
});

test(`from nothing to the first prediction in ${MOST_STEPS} steps, with the README's own tag`, async () => {
  assert.ok(tag, 'the README shows a tag');
  assert.ok(steps.length > 0 && steps.length <= MOST_STEPS, `${steps.length} steps`);
  const page = await browser.newPage();
  const faults = [];
  page.on('console', (message) => message.type() === 'error' && !message.text().includes('favicon') && faults.push(message.text()));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const predicted = () => page.evaluate(() => window.falter?.snapshot());
  let seen = await predicted();
  for (const until = Date.now() + PREDICTED_WITHIN_MS; !seen?.t; seen = await predicted()) {
    assert.ok(Date.now() < until, `no prediction: ${JSON.stringify(seen)}`);
    await page.mouse.move(300 + (Date.now() % 300), 300);
  }
  assert.ok(seen.risk > 0 && seen.risk < 1, `a risk: ${seen.risk}`);
  assert.deepEqual(faults, []);
  assert.deepEqual(await page.evaluate(() => window.falter.options().facts.returnsDays), 30);
});
