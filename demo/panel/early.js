/*
 * Before the first paint: is the panel open? Asked here, so that the shop beside it does not move when it comes.
 * Open unless it was closed, and closed on small screens, where it would cover the shop. The studio, which has the shop in a
 * frame, shows all that the panel would: there is none, and it is let in before falter's script.
 */
(() => {
  try {
    const studio = window !== parent && /** @type {any} */ (parent).falterStudio;
    if (studio) {
      document.documentElement.dataset.panel = 'none';
      studio(window);
      return;
    }
  } catch {
    // A frame of somebody else's, who may not look in.
  }
  let kept = null;
  try {
    kept = sessionStorage.getItem('falter-panel');
  } catch {
    // Without storage it starts anew on every page.
  }
  document.documentElement.dataset.panel = kept ?? (innerWidth >= 1080 ? 'open' : 'closed');
})();
