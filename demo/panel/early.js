/*
 * Before the first paint: is the panel open? Asked here, so that the shop beside it does not move when it comes.
 * Open unless it was closed, and closed on small screens, where it would cover the shop.
 */
(() => {
  let kept = null;
  try {
    kept = sessionStorage.getItem('falter-panel');
  } catch {
    // Without storage it starts anew on every page.
  }
  document.documentElement.dataset.panel = kept ?? (innerWidth >= 1080 ? 'open' : 'closed');
})();
