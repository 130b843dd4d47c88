import { findProducts, PRODUCTS } from '../catalogue.js';
import { frame } from '../frame.js';
import { fill, html } from '../html.js';
import { grid } from '../lists.js';

frame();
const query = (new URLSearchParams(location.search).get('q') ?? '').trim();
const found = findProducts(query);
document.title = `Search: ${query} · Osterlo`;
fill(
  '#found',
  html`<h1>${found.length ? `“${query}”` : 'Nothing found'}</h1>
    <p class="lead" role="status">
      ${found.length
        ? `${found.length} ${found.length === 1 ? 'thing' : 'things'} found`
        : html`We have nothing for “${query}”. Try <a href="search.html?q=wool">wool</a>, <a href="search.html?q=enamel">enamel</a> or
            <a href="search.html?q=lantern">lantern</a>. Meanwhile, this is what others like:`}
    </p>
    ${grid(found.length ? found : PRODUCTS.slice(0, 3), true)}`,
);
