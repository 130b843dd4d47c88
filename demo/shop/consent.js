/*
 * The shop's consent, before falter starts. Runs in the head, so that the tag already says what the visitor chose when
 * falter reads it. The demo's default is "granted", said in the strip on top of every page, where it can be changed.
 */
(() => {
  const tag = document.querySelector('script[data-consent]');
  try {
    const chosen = localStorage.getItem('osterlo-consent');
    if (tag && chosen) tag.setAttribute('data-consent', chosen);
  } catch {
    // Without storage there is no choice to remember.
  }
})();
