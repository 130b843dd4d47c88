/** Messages: every reason and what may be said to it, on falter's own card, in any language, look and device, by the shop's facts. */

import { fill, html } from '../../shop/html.js';
import { reasonName } from '../../panel/words.js';
import { openBrand } from './messages/brand.js';
import { fieldFor, fieldOf, openFacts } from './messages/facts.js';
import { optionsOf } from './messages/given.js';
import { openList, spelt } from './messages/list.js';
import { DEVICES, openStage } from './messages/stage.js';
import { openWords } from './messages/words.js';

/** The languages that come with falter. @type {Record<string, string>} */
const LANGUAGES = { en: 'English', de: 'Deutsch', fr: 'Français', es: 'Español', it: 'Italiano', pt: 'Português', nl: 'Nederlands', tr: 'Türkçe', ar: 'العربية' };
const LAYOUTS = ['corner', 'bar', 'inline', 'modal'];
/** When each is said: js/show.js. @type {Record<string, string>} */
const TONES = { gentle: 'First visit', plain: 'Later visit', brief: 'In a hurry' };
/** A cart of one lantern. */
const SAMPLE = { cart: '42.60' };
/** Typing goes on; the card waits for a breath, ms. */
const PAUSE_MS = 120;
const KEPT = 'messages';

/** @typedef {import('../app.d.ts').App} App */

/** @param {string} name @param {string} label @param {[value: string, title: string][]} all */
const choice = (name, label, all) =>
  html`<div class="seg" role="radiogroup" aria-label="${label}">${all.map(([value, title]) => html`<label><input type="radio" name="${name}" value="${value}" />${title}</label>`)}</div>`;

const MARKUP = html`<aside class="card list" aria-label="Reasons">
    <header><h2>Reasons</h2></header>
    <ul></ul>
  </aside>
  <div class="middle">
    <div class="tools">
      ${choice('view', 'View', [['one', 'One'], ['all', 'All messages']])}
      <label class="select"><span class="hidden">Language</span><select name="lang">${Object.entries(LANGUAGES).map(([code, name]) => html`<option value="${code}">${name}</option>`)}</select></label>
      ${choice('tone', 'Tone', Object.entries(TONES))}
      ${choice('theme', 'Theme of the shop', [['light', 'Light'], ['dark', 'Dark']])}
      ${choice('layout', 'Layout', LAYOUTS.map((layout) => [layout, spelt(layout)]))}
      ${choice('device', 'Device', Object.entries(DEVICES).map(([name, { title }]) => [name, title]))}
    </div>
    <div class="room"></div>
    <div class="said" role="status"></div>
  </div>
  <aside class="card side" aria-label="What the shop gives">
    <div class="seg tabs" role="tablist">
      ${[['facts', 'Facts'], ['words', 'Words'], ['brand', 'Brand']].map(
        ([name, title]) => html`<button role="tab" id="tab-${name}" aria-controls="panel-${name}" data-tab="${name}">${title}</button>`,
      )}
    </div>
    ${['facts', 'words', 'brand'].map((name) => html`<div id="panel-${name}" role="tabpanel" aria-labelledby="tab-${name}" class="${name}" hidden></div>`)}
  </aside>`;

/** @type {() => void} */
let next = () => {};
/** @type {() => void} */
let turnAll = () => {};

/** @type {import('../app.d.ts').View} */
export const view = {
  keys: [
    { key: 'n', says: 'Next message', run: () => next() },
    { key: 'a', says: 'One message or all', run: () => turnAll() },
  ],
  async mount(root, app) {
    const { names, settings, library } = app;
    fill(root, MARKUP);
    const find = (/** @type {string} */ part) => /** @type {HTMLElement} */ (root.querySelector(part));
    const kept = (await library.kept(KEPT).catch(() => undefined)) ?? {};
    const state = {
      reason: names.reasons[0],
      message: /** @type {string | undefined} */ (undefined),
      view: 'one', lang: 'en', tone: 'plain', theme: 'light', device: 'phone', tab: 'facts',
      /** @type {Record<string, string>} */
      sample: { ...SAMPLE },
      ...kept,
    };
    const stage = openStage(find('.room'));
    const preview = await stage.preview;
    let isShown = false;
    /** What was drawn last, to tell an edit from another card. */
    let drawn = '';

    const given = () => ({
      options: optionsOf(settings, state.sample),
      cart: Number(state.sample.cart) || undefined,
      leftCart: Number(state.sample.leftCart) || undefined,
      lang: state.lang,
      theme: state.theme,
      style: settings.own.style ?? {},
    });
    /** What falter could not read, by its fields. @type {Set<string | undefined>} */
    let refused = new Set();
    /** What is missing for a message where the engine does not say it. @param {string} message */
    const lacking = (message) => {
      const { fact, others, cart } = names.needs[names.messages.indexOf(message)];
      const { options } = given();
      /** @param {string} one */
      const isGiven = (one) => {
        const { name = '' } = fieldFor(one) ?? {};
        if (refused.has(name)) return false;
        return name.startsWith('offers.') ? one in renamed(options.offers) : `data-${name.replace('sample.', '')}` in options;
      };
      const facts = fact ? [fact, ...others] : [];
      if (!fact && !state.sample.leftCart) return 'Needs a cart left last time';
      if (facts.length > 1 && !facts.some(isGiven)) return `Needs one of ${facts.map(plainly).join(', ')}`;
      if (facts.length === 1 && !isGiven(facts[0])) return `Needs ${plainly(facts[0])}`;
      if (cart && !Number(state.sample.cart)) return 'Needs a cart';
      if (message === 'discount' && !state.sample.margin) return 'Needs the cart’s margin';
      return 'Not true of these figures';
    };

    const list = openList(find('.list ul'), app, (reason, message) => choose({ reason, message, view: 'one' }));
    const facts = openFacts(find('.facts'), app, state, () => later());
    const words = openWords(find('.words'), app);
    const brand = openBrand(find('.brand'), app);

    /** @param {Partial<typeof state>} change */
    const choose = (change) => {
      Object.assign(state, change);
      library.keep(KEPT, { ...state, view: 'one' }).catch(() => {});
      draw();
    };
    let timer = 0;
    const later = () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => choose({}), PAUSE_MS);
    };

    const turnTab = () => {
      for (const tab of root.querySelectorAll('[role=tab]')) tab.setAttribute('aria-selected', String(/** @type {HTMLElement} */ (tab).dataset.tab === state.tab));
      for (const panel of root.querySelectorAll('[role=tabpanel]')) /** @type {HTMLElement} */ (panel).hidden = !panel.classList.contains(state.tab);
    };
    let turn = 0;
    const draw = async () => {
      if (!isShown) return;
      const mine = (turn += 1);
      const now = given();
      const [{ faults, ask }, texts] = await Promise.all([preview.hear(/** @type {any} */ (now)), preview.texts(/** @type {any} */ (now))]);
      // what comes late was asked of settings that are no more
      if (mine !== turn) return;
      refused = new Set(faults.map(({ where }) => fieldOf(where)));
      const place = names.reasons.indexOf(state.reason);
      const answers = names.answers[place].map((at) => names.messages[at]);
      const first = ask(state.reason)?.message;
      const message = state.message && answers.includes(state.message) ? state.message : (first ?? answers[0]);
      const said = ask(state.reason, message);
      const isSaid = said?.message === message;
      /** @type {(message: string, reason: string) => string | undefined} */
      const missing = (message, reason) => (ask(reason, message)?.message === message ? undefined : lacking(message));
      const focused = document.activeElement;

      for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (find('.tools').querySelectorAll('input')))
        input.checked = input.value === (input.name === 'layout' ? (settings.attributes.layout ?? 'corner') : /** @type {any} */ (state)[input.name]);
      for (const name of ['tone', 'layout', 'device']) find(`.tools [role=radiogroup]:has([name=${name}])`).toggleAttribute('inert', name !== 'tone' && state.view === 'all');
      /** @type {HTMLSelectElement} */ (find('[name=lang]')).value = state.lang;
      turnTab();
      list.show({ reason: state.reason, message, first: (reason) => ask(reason)?.message, missing });
      facts.show(faults);
      words.show({ lang: state.lang, language: LANGUAGES[state.lang], message, title: spelt(message), texts });
      brand.show();

      const isAll = state.view === 'all';
      stage.wear(isAll ? null : state.device);
      const key = [state.reason, message, state.lang, state.tone, state.theme, state.device, settings.attributes.layout, state.view].join();
      let isDrawn = isSaid;
      if (isAll) {
        const all = names.messages.map((message, at) => {
          const reason = names.reasons[names.answers.findIndex((places) => places.includes(at))];
          const said = ask(reason, message);
          const can = said?.message === message;
          return { message, title: spelt(message), missing: can ? 'These words lack a figure' : lacking(message), said: can ? said : null };
        });
        await preview.gallery(/** @type {any} */ ({ ...now, all, tone: state.tone, open: (/** @type {string} */ message) => choose({ ...withReason(message), view: 'one' }) }));
      } else {
        isDrawn = await preview.draw(/** @type {any} */ ({ ...now, said: isSaid ? said : null, tone: state.tone, isSame: key === drawn, ended }));
      }
      if (mine !== turn) return;
      drawn = key;
      say(isAll ? undefined : isDrawn, message);
      // a dialog takes the focus into its page; whoever types here goes on typing
      if (focused instanceof HTMLElement && document.activeElement !== focused && root.contains(focused)) focused.focus({ preventScroll: true });
    };
    /** A reason that this message answers. @param {string} message */
    const withReason = (message) => {
      const at = names.messages.indexOf(message);
      const reason = names.reasons.findIndex((_, place) => names.answers[place].includes(at));
      return { reason: names.reasons[reason], message };
    };
    /** @param {string} how */
    const ended = (how) => {
      fill(find('.said'), html`<span>The shopper ${how === 'act' ? 'followed the card' : how === 'dismiss' ? 'waved it away' : 'answered'}.</span> <button class="again">Show it again</button>`);
    };
    /** @param {boolean | undefined} isDrawn @param {string} message */
    const say = (isDrawn, message) => {
      const { offer, fact } = names.needs[names.messages.indexOf(message)];
      if (isDrawn === undefined) fill(find('.said'), html`<span>Every message, as this shop would say it.</span>`);
      else if (isDrawn) fill(find('.said'), html`<span><b>${spelt(message)}</b> answers <b>${reasonName(state.reason)}</b></span><span class="chip">${offer}</span>`);
      else {
        const why = lacking(message);
        const field = /cart’s margin/.test(why) ? 'sample.margin' : /last time/.test(why) ? 'sample.leftCart' : /a cart$/.test(why) ? 'sample.cart' : fact && fieldFor(fact)?.name;
        const isWords = why.startsWith('Not true') && settings.own.messages?.[state.lang]?.[message];
        fill(
          find('.said'),
          html`<span><b>${spelt(message)}</b> can’t be said. ${isWords ? 'Its own words name what is not known' : why}.</span>${field && why.startsWith('Needs') && html`<button class="mend" data-field="${field}">Give it</button>`}`,
        );
      }
    };

    find('.tools').addEventListener('change', ({ target }) => {
      const { name, value } = /** @type {HTMLInputElement} */ (target);
      if (name === 'layout') settings.set({ attributes: { layout: value === 'corner' ? null : value } });
      else choose({ [name]: value });
    });
    find('.tabs').addEventListener('click', ({ target }) => target instanceof HTMLElement && target.dataset.tab && choose({ tab: target.dataset.tab }));
    find('.tabs').addEventListener('keydown', (event) => {
      const tabs = /** @type {HTMLElement[]} */ ([...root.querySelectorAll('[role=tab]')]);
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0;
      const tab = tabs[(tabs.findIndex(({ dataset }) => dataset.tab === state.tab) + step + tabs.length) % tabs.length];
      if (!step) return;
      tab.focus();
      choose({ tab: String(tab.dataset.tab) });
    });
    find('.said').addEventListener('click', ({ target }) => {
      if (!(target instanceof HTMLElement)) return;
      if (target.matches('.again')) draw();
      if (target.matches('.mend')) {
        state.tab = 'facts';
        turnTab();
        facts.focus(String(target.dataset.field));
      }
    });
    settings.addEventListener('change', later);
    next = () => {
      const all = names.reasons.flatMap((reason, place) => names.answers[place].map((at) => ({ reason, message: names.messages[at] })));
      const at = all.findIndex(({ reason, message }) => reason === state.reason && (!state.message || message === state.message));
      choose({ ...all[(at + 1) % all.length], view: 'one' });
    };
    turnAll = () => choose({ view: state.view === 'all' ? 'one' : 'all' });
    return {
      show: ({ reason, message }) => {
        isShown = true;
        choose({ ...(reason && { reason, message: undefined }), ...(message && withReason(message)) });
      },
      hide: () => void (isShown = false),
    };
  },
};

/** @param {string} fact */
const plainly = (fact) => fact.replaceAll('_', ' ');

/** Offers by the engine's names of them. @param {Record<string, any>} offers */
const renamed = ({ saveCart, ...offers }) => ({ ...offers, ...(saveCart && { save_cart: saveCart }) });
