/** Take away: everything that was set, in the forms that a shop puts into its pages. */

import { fill, html } from '../../shop/html.js';
import { reasonName } from '../../panel/words.js';
import { icon } from '../shell.js';
import { TUNING } from '../state.js';
import { npmModule, scriptTag, styleSheet } from './takeaway/code.js';
import { optionsOf, tagOf, thresholdOf } from './takeaway/options.js';
import { openPlays } from './takeaway/plays.js';

const COPY = 'M9 9h11v11H9zM15 9V4H4v11h5';
const DONE = 'M5 13l4 4L19 7';
const SAVE = 'M12 4v11m-5-5 5 5 5-5M5 20h14';
/** A copy is confirmed for so long, ms. */
const SAID_MS = 1600;
/** Where the files go (README). */
const FOLDER = '/falter/';

/** What is no fact: attribute, what it says, what it may be; the first is what falter does by itself. @type {[string, string, [string, string][]][]} */
const CHOICES = [
  ['consent', 'Consent', [['', 'Waits for falter.consent()'], ['granted', 'Is given on these pages'], ['memory', 'Stores nothing']]],
  ['consent-from', 'Consent platform', [['', 'None'], ['shopify', 'Shopify'], ['google', 'Google consent mode'], ['tcf', 'IAB TCF']]],
  ['shop', 'Shop', [['', 'Found by itself'], ['shopify', 'Shopify'], ['woocommerce', 'WooCommerce'], ['datalayer', 'dataLayer'], ['none', 'Tells falter itself']]],
  ['layout', 'Card', [['', 'In the corner'], ['bar', 'As a bar'], ['inline', 'Inline'], ['modal', 'As a dialog']]],
  ['holdout', 'Held out, to measure', [['', '10 % of shoppers'], ['0.5', '50 %'], ['0.2', '20 %'], ['0.05', '5 %'], ['0', 'Nobody']]],
  ['ask', '“What’s missing?”', [['', 'Is not asked'], ['true', 'Is asked on the card']]],
];

/** @param {string} what @param {string} title */
const block = (what, title) =>
  html`<section class="card code" data-what="${what}" aria-label="${title}">
    <header><h2>${title}</h2><div class="row"><button class="copy" data-what="${what}">${icon(COPY)}<span>Copy</span></button></div></header>
    <p class="soft says"></p>
    <pre tabindex="0" aria-label="${title}"><code></code></pre>
  </section>`;

/** @param {string} name @param {BlobPart} bytes @param {string} type */
function download(name, bytes, type) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** @type {() => void} */
let copyShown = () => {};

/** @type {import('../app.d.ts').View} */
export const view = {
  keys: [{ key: 'c', says: 'Copy what is shown', run: () => copyShown() }],
  async mount(root, app, actions) {
    const { settings } = app;
    const answer = await fetch(new URL('../plays.json', import.meta.url));
    if (!answer.ok) throw new Error('plays.json, which comes with falter, could not be had.');
    /** @type {import('../../../js/plays.js').Play[]} */
    const published = await answer.json();
    fill(actions, html`<button class="reset">Back to the beginning</button><button class="link copy" data-what="link">${icon(COPY)}<span>Copy link</span></button><button class="primary try">Try it in the shop</button>`);
    fill(
      root,
      html`<div class="pieces">
          <div class="seg" role="radiogroup" aria-label="For">
            <label><input type="radio" name="form" value="tag" checked />Script tag</label><label><input type="radio" name="form" value="npm" />npm</label
            ><label><input type="radio" name="form" value="plays" />Plays</label><label><input type="radio" name="form" value="model" />Model</label>
          </div>
          ${block('tag', 'Script tag')} ${block('npm', 'npm')} ${block('plays', 'Plays, as JSON')}
          <section class="card model" data-what="model" aria-label="Model"></section>
          ${block('style', 'Style')}
        </div>
        <div class="settings">
          <section class="card tuned" aria-label="Tuned"><header><h2>Tuned</h2><button class="quiet to-tuning">Tune</button></header><dl></dl></section>
          <section class="card" aria-label="Options">
            <header><h2>Options</h2></header>
            <div class="options">
              ${CHOICES.map(([name, label, all]) => html`<label class="field"><span>${label}</span><select name="${name}">${all.map(([value, title]) => html`<option value="${value}">${title}</option>`)}</select></label>`)}
            </div>
          </section>
          <section class="card" aria-label="Plays"><header><h2>Plays</h2></header><p class="soft">Rules that speak where the model would not.</p><div class="plays"></div></section>
        </div>`,
    );
    const find = (/** @type {string} */ part) => /** @type {HTMLElement} */ (root.querySelector(part));
    const plays = openPlays(find('.plays'), app, published);
    let form = 'tag';
    /** @type {Record<string, string>} */
    let texts = {};

    /** @param {string} what @param {import('../../shop/html.js').Markup} says @param {string} text */
    const write = (what, says, text) => {
      texts[what] = text;
      fill(find(`[data-what=${what}] .says`), says);
      find(`[data-what=${what}] pre code`).textContent = text;
    };
    const show = () => {
      const { own, tuning } = settings;
      const options = optionsOf(app);
      const tag = tagOf(app);
      const isOwn = Boolean(app.model.bytes);
      texts = { link: location.href };
      const late = Object.keys(tag.rest).length > 0;
      const needsConsent = !('consent' in options) && !('consentFrom' in options);
      const waits = needsConsent && html` Nothing runs until the page calls <code>falter.consent('granted')</code>.`;
      write('tag', html`Into every page, after the shop’s own scripts, with what is in <code>dist/</code> in the shop’s folder <code>/falter/</code>.${late && html` The first script holds what attributes cannot.`}${isOwn && html` The model goes there, too.`}${waits}`, scriptTag(tag, `${FOLDER}falter.js`));
      write('npm', html`Once, in code that runs in the browser.${isOwn && html` The model and the package’s <code>falter.wasm</code> lie in <code>/falter/</code>.`}${waits}`, npmModule(options, isOwn ? FOLDER : undefined));
      const faults = plays.show();
      write(
        'plays',
        html`${settings.plays ? html`In the tag’s first script and in the options above; <code>falter simulate --plays</code> and <code>evaluate --plays</code> read this file.` : html`These come with falter: nothing needs to be said.`}${faults.length > 0 && html` <b class="bad">${faults.length} at fault, which falter leaves out.</b>`}`,
        JSON.stringify(settings.plays ?? published.filter((play) => play.default !== false).map(({ default: _, ...play }) => play), null, 2),
      );
      if (own.style) write('style', html`Into the shop’s style sheet.`, styleSheet(own.style));
      fill(
        find('.model'),
        isOwn
          ? html`<header><h2>${app.model.name}</h2><span class="chip"><code>${app.model.info.checksum}</code></span></header>
              <p>Put <code>exit.falter</code> beside <code>falter.js</code>, in place of the file of that name; with npm into <code>/falter/</code>, beside the package’s <code>falter.wasm</code>. The manifest stays with whoever trained it: it says of what and how.</p>
              <div class="row"><button class="save-model primary">${icon(SAVE)}exit.falter</button><button class="save-manifest" ${!app.model.manifest && html`disabled`}>${icon(SAVE)}exit.json</button>
              <button class="shipped">Back to the shipped model</button></div>`
          : html`<header><h2>Shipped model</h2><span class="chip"><code>${app.model.info.checksum}</code></span></header>
              <p>${app.model.info.bytes.toLocaleString('en')} bytes, and already beside <code>falter.js</code>: there is nothing to take. A model of your own comes from retraining on your recordings.</p>
              <div class="row"><button class="to-training">Retrain</button></div>`,
      );
      const floors = Object.entries(tuning.confidence);
      const rows = [
        ['Cards', tuning.threshold === null ? `${Number((100 * tuning.share).toFixed(2))} % of visits without a leave` : 'by risk'],
        ['From risk', thresholdOf(app).toFixed(3)],
        ['Not before', `${tuning.armingMs / 1000} s`],
        ...floors.map(([reason, floor]) => [reasonName(reason), `sure by ${floor}`]),
        ...(tuning.cooldownMs !== TUNING.cooldownMs ? [['Between alerts', `${tuning.cooldownMs / 1000} s, of the judging alone`]] : []),
      ];
      fill(find('.tuned dl'), html`${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}`);
      for (const select of root.querySelectorAll('select')) if (select.closest('.options') && document.activeElement !== select) select.value = settings.attributes[select.name] ?? '';
      for (const piece of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll('.pieces > section'))) {
        const { what } = piece.dataset;
        piece.hidden = what === 'style' ? !own.style || !/tag|npm/.test(form) : what !== form;
      }
    };

    /** @param {string} what @param {HTMLElement} button */
    const copy = async (what, button) => {
      const label = /** @type {HTMLElement} */ (button.querySelector('span'));
      try {
        await navigator.clipboard.writeText(what === 'link' ? location.href : texts[what]);
      } catch {
        app.toast('The browser does not let the page copy; select the text and copy it by hand.', { kind: 'bad' });
        return;
      }
      const before = what === 'link' ? 'Copy link' : 'Copy';
      label.textContent = 'Copied';
      button.querySelector('path')?.setAttribute('d', DONE);
      app.toast(what === 'link' ? 'The link is copied: whoever opens it has these settings.' : 'Copied.', { kind: 'good' });
      setTimeout(() => {
        label.textContent = before;
        button.querySelector('path')?.setAttribute('d', COPY);
      }, SAID_MS);
    };
    copyShown = () => {
      const button = /** @type {HTMLElement | null} */ (root.querySelector(`[data-what=${form}] .copy`));
      if (button) copy(form, button);
    };

    const heard = (/** @type {Event} */ { target }) => {
      const button = target instanceof Element && /** @type {HTMLElement | null} */ (target.closest('button'));
      if (!button) return;
      if (button.matches('.copy')) copy(String(button.dataset.what), button);
      else if (button.matches('.try')) app.open('live', { anew: true });
      else if (button.matches('.to-tuning')) app.open('tuning');
      else if (button.matches('.to-training')) app.open('training');
      else if (button.matches('.shipped')) app.setModel(null);
      else if (button.matches('.save-model') && app.model.bytes) download('exit.falter', /** @type {Uint8Array<ArrayBuffer>} */ (app.model.bytes), 'application/octet-stream');
      else if (button.matches('.save-manifest') && app.model.manifest) download('exit.json', app.model.manifest, 'application/json');
      else if (button.matches('.reset')) {
        const { tuning, attributes, plays, own } = settings;
        const gone = Object.fromEntries(Object.keys(attributes).map((name) => [name, attributes[name]]));
        settings.reset();
        const added = Object.keys(settings.attributes).filter((name) => !(name in gone));
        app.toast('All settings are as they were at the beginning.', {
          action: 'Undo',
          run: () => settings.set({ tuning, attributes: { ...Object.fromEntries(added.map((name) => [name, null])), ...gone }, plays, own }),
        });
      }
    };
    root.addEventListener('click', heard);
    actions.addEventListener('click', heard);
    root.addEventListener('change', ({ target }) => {
      if (target instanceof HTMLInputElement && target.name === 'form') {
        form = target.value;
        show();
      }
      if (target instanceof HTMLSelectElement && target.closest('.options')) settings.set({ attributes: { [target.name]: target.value || null } });
    });
    // the address is written by then
    settings.addEventListener('change', () => queueMicrotask(show));
    app.addEventListener('model', show);
    return { show };
  },
};
