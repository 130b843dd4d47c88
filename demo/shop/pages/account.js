import { frame } from '../frame.js';
import { fill, html } from '../html.js';

frame();
document.querySelector('#sign-in')?.addEventListener('submit', (event) => {
  event.preventDefault();
  fill('#said', html`This demo shop keeps no accounts. You can <a href="category.html">order without one</a>.`);
});
