/** The shop's own words for a message in a language; what is left empty stays falter's. */

import { fill, html } from '../../../shop/html.js';
import { laid } from './laid.js';

/** @type {Record<string, string>} */
const PARTS = { title: 'Title', body: 'Text under it', act: 'Button', dismiss: 'No, thanks' };

/** A template as it can be read: of several the first, of plurals the usual. @param {any} template @returns {string} */
const plain = (template) =>
  Array.isArray(template) ? plain(template[0]) : template && typeof template === 'object' ? plain(template.other) : typeof template === 'string' ? template : '';

/** @param {any} template @returns {string[]} names of placeholders, each once */
const placeholders = (template) => [...new Set([...JSON.stringify(template ?? '').matchAll(/\{\w+\}/g)].map(([name]) => name))];

/**
 * @param {HTMLElement} root
 * @param {import('../../app.d.ts').App} app
 */
export function openWords(root, app) {
  const { settings } = app;
  let [lang, message] = ['en', ''];
  fill(
    root,
    html`<p class="soft about"></p>
      ${Object.entries(PARTS).map(
        ([part, label]) =>
          html`<label class="field"><span>${label}</span><textarea name="${part}" rows="${part === 'body' ? 3 : part === 'title' ? 2 : 1}" spellcheck="true"></textarea></label>`,
      )}
      <p class="soft can"></p>
      <div class="row"><button class="reset">Back to falter’s words</button></div>`,
  );
  const fields = /** @type {HTMLTextAreaElement[]} */ ([...root.querySelectorAll('textarea')]);
  const reset = /** @type {HTMLButtonElement} */ (root.querySelector('.reset'));

  /** @param {Record<string, string>} own */
  const keep = (own) => {
    const all = settings.own.messages ?? {};
    settings.set({ own: laid(settings.own, 'messages', laid(all, lang, laid(all[lang] ?? {}, message, own))) });
  };
  root.addEventListener('input', () => keep(Object.fromEntries(fields.map(({ name, value }) => [name, value.trim()]).filter(([, value]) => value))));
  reset.addEventListener('click', () => {
    for (const field of fields) field.value = '';
    keep({});
  });

  return {
    /** @param {{ lang: string, language: string, message: string, title: string, texts: Record<string, any> }} shown texts: falter's own */
    show({ lang: inLang, language, message: of, title, texts }) {
      [lang, message] = [inLang, of];
      const ours = texts[of] ?? {};
      const own = settings.own.messages?.[lang]?.[of] ?? {};
      const act = texts.labels[ours.act ?? 'cart'] ?? '';
      /** @type {Record<string, string>} */
      const hints = { title: plain(ours.title), body: plain(ours.body), act: plain(act), dismiss: texts.labels.no };
      for (const field of fields) {
        if (document.activeElement !== field) field.value = own[field.name] ?? '';
        field.placeholder = hints[field.name];
        field.lang = lang;
        field.dir = /^ar/.test(lang) ? 'rtl' : 'ltr';
      }
      const names = placeholders(ours);
      fill(/** @type {Element} */ (root.querySelector('.about')), html`<b>${title}</b> in ${language}. Empty fields keep falter’s words.`);
      fill(
        /** @type {Element} */ (root.querySelector('.can')),
        names.length ? html`falter fills in ${names.map((name) => html`<code>${name}</code> `)}` : html`These words need no figure.`,
      );
      reset.disabled = !Object.keys(own).length;
    },
  };
}
