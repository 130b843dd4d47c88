/*
 * What has to stand in the page before falter reads it. A shop whose pages come from a server writes both there; this
 * one is made of files.
 */
(() => {
  const item = new URLSearchParams(location.search).get('item');
  if (item) document.documentElement.dataset.falterItem = item;

  // The demo's default is "granted", said in the strip on top of every page, where it can be changed.
  const tag = document.querySelector('script[data-consent]');
  try {
    const chosen = localStorage.getItem('osterlo-consent');
    if (tag && chosen) tag.setAttribute('data-consent', chosen);
  } catch {
    // Without storage there is no choice to remember.
  }
})();
