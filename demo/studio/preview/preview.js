/**
 * The shop page in the studio's frame. The card on it is falter's own element, drawn by falter's own code with falter's own style,
 * words and drawings out of dist/; only what it is to say is chosen by the studio. The studio calls `preview` on this page's window.
 */

import { furtherSignal, readFurther } from '../../../js/further.js';
import { loadTexts } from '../../../js/messages/index.js';
import { factsSignal, parseOptions } from '../../../js/options.js';
import { openShow } from '../../../js/show.js';
import { openOracle } from './oracle.js';

/** falter's files, from this script. */
const BASE = new URL('../', import.meta.url).href;
/** What the tones follow from (js/show.js): visits so far, and the risk. @type {Record<string, { visits: number, risk: number }>} */
const TONES = { gentle: { visits: 1, risk: 0.6 }, plain: { visits: 2, risk: 0.6 }, brief: { visits: 2, risk: 0.95 } };

/**
 * @typedef {object} Given what the studio shows
 * @property {Record<string, any>} options as the shop gives them, attributes among them
 * @property {number | undefined} cart
 * @property {number | undefined} leftCart
 * @property {string} lang
 * @property {'light' | 'dark'} theme
 * @property {Record<string, string>} style custom properties of the brand
 *
 * @typedef {{ where: string, message: string }} Fault
 * @typedef {{ faults: Fault[], ask: ReturnType<Awaited<ReturnType<typeof openOracle>>> }} Heard
 */

const oracle = openOracle();
/** Ended: the cards are taken away. */
let life = new AbortController();
/** Counts what is asked for: what comes late is not drawn any more. */
let turn = 0;

/** @param {Given} given */
function read({ options: given, lang }) {
  const { options, faults, further } = parseOptions({ ...given, lang });
  const { facts, offers, faults: more } = readFurther(options, further);
  return { options: { ...options, offers, facts: { ...options.facts, ...facts }, base: BASE }, read: facts, faults: [...faults, ...more] };
}

/** @param {Given} given */
function wear({ lang, theme, style }) {
  const root = document.documentElement;
  root.lang = lang;
  root.dir = /^(ar|fa|he|ur)/.test(lang) ? 'rtl' : 'ltr';
  root.dataset.theme = theme;
  for (const name of [...root.style]) root.style.removeProperty(name);
  for (const [name, value] of Object.entries(style)) root.style.setProperty(name, value);
}

/**
 * @param {import('../../../js/options.js').Options} options
 * @param {string} tone
 * @param {(how: string) => void} ended
 * @param {AbortController} life
 */
function openStage(options, tone, ended, life) {
  const { visits, risk } = TONES[tone];
  /** @type {string[]} */
  const faults = [];
  /** @type {any} what js/run.js has of the handle; nothing is kept or told here */
  const host = {
    options,
    base: () => BASE,
    history: { past: () => ({ visits, bucket: 0.5 }), dismissed: () => {} },
    answer: () => {},
    tell: (/** @type {string} */ name) => (name === 'show' || ended(name), true),
    fail: (/** @type {string} */ _code, /** @type {string} */ _where, /** @type {any} */ fault) => faults.push(fault?.message ?? String(fault)),
    life,
  };
  const { dress, show } = openShow(host);
  return { dress, faults, show: (/** @type {any} */ said, /** @type {any} */ look) => show({ risk, play: null, show: said }, look)[0] };
}

/** Is drawn at once: it was there before. */
function settle() {
  for (const host of document.querySelectorAll('falter-card'))
    for (const element of host.shadowRoot?.querySelectorAll('.card') ?? []) for (const move of element.getAnimations()) move.finish();
}

const [slot, gallery] = ['.slot', '.gallery'].map((part) => /** @type {HTMLElement} */ (document.querySelector(part)));

export const preview = {
  /**
   * What could be read, and what could be said.
   * @param {Given} given
   * @returns {Promise<Heard>}
   */
  async hear(given) {
    const { options, read: facts, faults } = read(given);
    const signals = [factsSignal(options.facts), furtherSignal(facts, options.offers)];
    return { faults, ask: (await oracle)({ facts: signals, cart: given.cart, leftCart: given.leftCart }) };
  },
  /**
   * The words of a language as templates, the shop's own over falter's.
   * @param {Given} given @returns {Promise<Record<string, any>>} message → its texts, and `labels`
   */
  async texts(given) {
    const load = (/** @type {string} */ path) => fetch(BASE + path).then((answer) => answer.json());
    const { code, messages } = await loadTexts(/** @type {any} */ ({ lang: given.lang, messages: {} }), given.lang, load, () => {});
    const more = await load(`lang/more/${code}.json`);
    return { ...messages, ...more, labels: { ...messages.labels, ...more.labels } };
  },
  /**
   * One message on the page.
   * @param {Given & { said: any, tone: string, isSame: boolean, ended: (how: string) => void }} given said: what the engine says; null: nothing;
   *   isSame: the same card as before, edited
   * @returns {Promise<boolean>} whether there is a card
   */
  async draw(given) {
    const mine = (turn += 1);
    const { options } = read(given);
    const next = new AbortController();
    const stage = openStage(options, given.tone, given.ended, next);
    const look = given.said && (await stage.dress(given.said.message));
    if (mine !== turn) return false;
    life.abort();
    life = next;
    gallery.hidden = true;
    document.body.classList.remove('all');
    wear(given);
    slot.toggleAttribute('data-falter-card', options.layout === 'inline');
    const isDrawn = Boolean(look) && stage.show(given.said, look);
    if (given.isSame) settle();
    return isDrawn;
  },
  /**
   * Every message beside the others, each in its own card; of those that cannot be said, what they need.
   * @param {Given & { all: { message: string, title: string, missing: string, said: any }[], tone: string, open: (message: string) => void }} given
   * @returns {Promise<void>}
   */
  async gallery(given) {
    const mine = (turn += 1);
    const { options } = read(given);
    const next = new AbortController();
    const stage = openStage({ ...options, layout: 'inline' }, given.tone, () => {}, next);
    const looks = await Promise.all(given.all.map(({ said }) => said && stage.dress(said.message)));
    if (mine !== turn) return;
    life.abort();
    life = next;
    wear(given);
    gallery.hidden = false;
    document.body.classList.add('all');
    slot.removeAttribute('data-falter-card');
    gallery.replaceChildren();
    for (const [i, { message, title, missing, said }] of given.all.entries()) {
      const item = document.createElement('li');
      const name = document.createElement('button');
      name.append(Object.assign(document.createElement('b'), { textContent: title }));
      name.addEventListener('click', () => given.open(message));
      const place = document.createElement('div');
      item.append(name, place);
      gallery.append(item);
      // the layout stands in the first place of this kind
      place.dataset.falterCard = '';
      const isDrawn = said && looks[i] && stage.show(said, looks[i]);
      delete place.dataset.falterCard;
      if (!isDrawn) place.append(Object.assign(document.createElement('p'), { className: 'missing', textContent: missing }));
    }
    settle();
  },
};
/** @typedef {typeof preview} Preview */

// A link of the shop's has nowhere to go from here.
addEventListener('click', (event) => event.composedPath().some((part) => part instanceof Element && part.matches('a[href]')) && event.preventDefault(), true);
Object.assign(window, { preview });
