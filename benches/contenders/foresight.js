/** js.foresight with its defaults; it predicts towards the elements it is told of: the page's links. */

import { ForesightManager } from 'js.foresight';

export async function load() {
  ForesightManager.initialize({});
  for (const element of document.querySelectorAll('a')) ForesightManager.instance.register({ element, callback() {} });
}
