/** What a test asks the page: what falter told, and what the browser held against it. */

/** @type {any} */
const shop = (window.shop = { risks: [], faults: [], pageErrors: [], violations: [], cards: 0 });

document.addEventListener('falter:error', ({ detail }) => shop.faults.push(`${detail.code} in ${detail.where}: ${detail.message}`));
document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => shop.violations.push(`${effectiveDirective} ${blockedURI}`));
addEventListener('error', ({ message }) => shop.pageErrors.push(message));
addEventListener('unhandledrejection', ({ reason }) => shop.pageErrors.push(String(reason)));

// by then an async tag has run, too
addEventListener('load', () => {
  const { falter } = window;
  // a recording that is to be the whole visit begins before the engine does
  falter.stop();
  falter.record();
  if (location.search.includes('granted')) falter.consent('granted');
  shop.started = falter.start();
  falter.on('risk', ({ detail }) => shop.risks.push(detail));
  falter.on('show', () => (shop.cards += 1));
  const value = 42.6;
  document.getElementById('add').onclick = () => falter.signal({ s: 'cart', op: 'add', item: 'lantern', qty: 1, value });
});
