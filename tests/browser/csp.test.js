/**
 * Content security policies, from what falter needs at least to what a shop may enforce besides: a card, and nothing that the
 * browser holds against it. docs/csp.md has these lines.
 */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { openBrowser } from './support/browser.js';
import { NONCE, openShop, serveShop } from './support/strict.js';

/** Where everything comes from. */
const REST = "style-src 'self'; connect-src 'self'; img-src 'self'";
const SELF = `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; ${REST}`;
const TRUSTED = "require-trusted-types-for 'script'; trusted-types 'none'";
const NONCED = `default-src 'none'; script-src 'nonce-${NONCE}' 'wasm-unsafe-eval'; ${REST}`;
const ENGINE = 'falter.nowasm.js';

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

/**
 * A page under these headers, until its test is over.
 * @param {import('node:test').TestContext} t
 * @param {Record<string, string>} headers
 * @param {string} [script] in place of falter.js
 */
async function open(t, headers, script = 'falter.js') {
  const server = await serveShop(headers, { tag: `src="/dist/${script}"` });
  const shop = await openShop(browser, server.url);
  t.after(async () => {
    await shop.page.close();
    await server.close();
  });
  return shop;
}

/** @param {Awaited<ReturnType<typeof open>>} shop */
async function assertClean({ complaints, seen, running, fetched }) {
  const { faults, pageErrors, violations } = await seen();
  assert.deepEqual({ complaints, faults, pageErrors, violations }, { complaints: [], faults: [], pageErrors: [], violations: [] });
  assert.equal(await running(), true);
  assert.ok(!fetched.includes(ENGINE), 'as WebAssembly');
}

/** Those that a card is waited for; the tag alone brings its parts along, the recorder among them. @type {[string, string, string?][]} */
const WITH_CARD = [
  ['its own origin and nothing more, trusted types enforced', `${SELF}; ${TRUSTED}`],
  ["the tag's nonce and nothing more, trusted types enforced", `${NONCED}; ${TRUSTED}`],
  ['all in one file: no connection at all', "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self'; style-src 'self'", 'falter.all.js'],
];

for (const [name, policy, script] of WITH_CARD)
  test(`${name}: a card, and no complaint`, async (t) => {
    const shop = await open(t, { 'content-security-policy': policy }, script);
    await shop.shop();
    await assertClean(shop);
    const inline = await shop.page.evaluate(`(document.body.setAttribute('style', 'margin: 7px'), getComputedStyle(document.body).marginTop)`);
    assert.notEqual(inline, '7px', 'the policy is in force');
    assert.match(/** @type {string} */ (await shop.page.evaluate('falter.record()')), /"s":"cart"/, 'the recorder came');
    // its looks came: without them it would be as wide as the page
    const width = await shop.page.evaluate(`document.querySelector('falter-card').shadowRoot.querySelector('.card').offsetWidth`);
    assert.ok(Number(width) > 200 && Number(width) < 500, `${width} px`);
  });

test("'strict-dynamic' beside the nonce", async (t) => {
  const shop = await open(t, { 'content-security-policy': `default-src 'none'; script-src 'nonce-${NONCE}' 'strict-dynamic' 'wasm-unsafe-eval'; ${REST}` });
  await assertClean(shop);
});

test('a policy that is only reported has nothing to report', async (t) => {
  const shop = await open(t, { 'content-security-policy-report-only': `${SELF}; ${TRUSTED}; report-uri /report` });
  await assertClean(shop);
  assert.ok(!shop.fetched.includes('/report'));
});

test('one that would forbid WebAssembly, but is only reported, leaves it be', async (t) => {
  const shop = await open(t, { 'content-security-policy-report-only': "script-src 'self'" });
  const { faults, violations } = await shop.seen();
  assert.deepEqual([faults, [...new Set(violations)], await shop.running()], [[], ['script-src wasm-eval'], true]);
  assert.ok(!shop.fetched.includes(ENGINE));
});

test("without WebAssembly the tag's nonce is enough for what stands in for it", async (t) => {
  const shop = await open(t, { 'content-security-policy': `default-src 'none'; script-src 'nonce-${NONCE}'; ${REST}; ${TRUSTED}` });
  const { faults, violations } = await shop.seen();
  assert.deepEqual([faults, violations, await shop.running()], [[], ['script-src wasm-eval'], true]);
  assert.ok(shop.fetched.includes(ENGINE));
});

test('the policies that the documentation tells are those of this test', async () => {
  const told = await readFile(new URL('../../docs/csp.md', import.meta.url), 'utf8');
  for (const policy of [SELF, TRUSTED, NONCED.replace(NONCE, '…')]) assert.ok(told.includes(policy), policy);
});
