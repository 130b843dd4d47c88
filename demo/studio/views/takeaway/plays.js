/** Plays: those that come with falter on and off, and the shop's own, with falter's own words to what is wrong with them. */

import { readPlays } from '../../../../js/plays.js';
import { fill, html } from '../../../shop/html.js';
import { reasonName } from '../../../panel/words.js';
import { laid } from '../messages/laid.js';
import { spelt } from '../messages/list.js';

/** @typedef {import('../../../../js/plays.js').Play} Play */

/** @param {Play} play as a shop would give it */
const asGiven = ({ default: _, ...play }) => play;

/**
 * @param {HTMLElement} root
 * @param {import('../../app.d.ts').App} app
 * @param {Play[]} published
 */
export function openPlays(root, app, published) {
  const { settings, names } = app;
  const known = { reasons: names.reasons, messages: names.messages };
  const byDefault = published.filter((play) => play.default !== false).map(asGiven);
  const isPublished = (/** @type {any} */ play) => published.some(({ name, when }) => name === play.name && when === play.when);
  const now = () => /** @type {Play[]} */ (settings.plays ?? byDefault);

  /** @param {Play[]} plays */
  const keep = (plays) => settings.set({ plays: JSON.stringify(plays) === JSON.stringify(byDefault) ? null : plays });
  /** In their published order, then the shop's. @param {Set<string>} on */
  const withPublished = (on) => [...published.filter(({ name }) => on.has(name)).map(asGiven), ...now().filter((play) => !isPublished(play))];

  fill(root, html`<ul class="published"></ul><ul class="own"></ul><div class="row"><button class="add">Add a play</button><span class="count"></span></div>`);
  const [list, own] = ['.published', '.own'].map((part) => /** @type {HTMLElement} */ (root.querySelector(part)));
  fill(
    list,
    html`${published.map(
      ({ name, when, reason }) =>
        html`<li>
          <label><input type="checkbox" name="${name}" /><span><b>${spelt(name)}</b> → ${reason ? reasonName(reason) : 'the likeliest doubt'}<code>${when}</code></span></label>
        </li>`,
    )}`,
  );
  list.addEventListener('change', () => {
    const on = [...list.querySelectorAll('input')].filter(({ checked }) => checked).map(({ name }) => name);
    keep(withPublished(new Set(on)));
  });
  /** @param {EventTarget | null} target @returns {number} its place among the shop's own */
  const placeOf = (target) => Number(/** @type {HTMLElement} */ (target).closest('li')?.dataset.place);
  own.addEventListener('input', ({ target }) => {
    const { name, value } = /** @type {HTMLInputElement} */ (target);
    const mine = now().filter((play) => !isPublished(play));
    const play = mine[placeOf(target)];
    // a name and a condition are there, if only to be refused
    mine[placeOf(target)] = /name|when/.test(name) ? { ...play, [name]: value } : laid(play, name, value);
    keep([...now().filter(isPublished), ...mine]);
  });
  root.addEventListener('click', ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    if (target.matches('.add')) {
      const taken = new Set(now().map(({ name }) => name));
      let count = 1;
      while (taken.has(`own_play_${count}`)) count += 1;
      keep([...now(), { name: `own_play_${count}`, when: 'checkout_dwell_s > 60', reason: /** @type {any} */ ('checkout_friction') }]);
      show();
      /** @type {HTMLElement | null} */ (own.querySelector('li:last-child [name=when]'))?.focus();
    }
    if (target.matches('.remove')) {
      const before = now();
      const mine = before.filter((play) => !isPublished(play));
      const [gone] = mine.splice(placeOf(target), 1);
      keep([...before.filter(isPublished), ...mine]);
      app.toast(`${spelt(gone.name || 'A play')} was removed.`, { action: 'Undo', run: () => keep(before) });
    }
  });

  /** Rows are made anew where there are more or fewer; else what is typed in stays. */
  let rows = -1;
  const show = () => {
    const plays = now();
    const { faults } = readPlays(plays, known);
    for (const box of list.querySelectorAll('input')) box.checked = plays.some((play) => isPublished(play) && play.name === box.name);
    const mine = plays.map((play, at) => ({ play, at })).filter(({ play }) => !isPublished(play));
    if (rows !== mine.length) {
      rows = mine.length;
      /** @param {string} name @param {string} label @param {string[]} all @param {(one: string) => string} title @param {string} none */
      const pick = (name, label, all, title, none) =>
        html`<label class="field"><span>${label}</span><select name="${name}"><option value="">${none}</option>${all.map((one) => html`<option value="${one}">${title(one)}</option>`)}</select></label>`;
      fill(
        own,
        html`${mine.map(
          (_, place) =>
            html`<li data-place="${place}">
              <label class="field"><span>Name</span><input name="name" spellcheck="false" autocomplete="off" /></label>
              <button class="quiet remove" type="button" aria-label="Remove this play">×</button>
              <label class="field when"><span>When</span><textarea name="when" rows="2" spellcheck="false"></textarea></label>
              ${pick('reason', 'Doubt', names.reasons, reasonName, 'The likeliest')} ${pick('message', 'First to say', names.messages, spelt, 'By the doubt')}
              <p class="fault" role="status"></p>
            </li>`,
        )}`,
      );
    }
    for (const [place, { play, at }] of mine.entries()) {
      const row = /** @type {HTMLElement} */ (own.children[place]);
      for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (row.querySelectorAll('[name]'))) {
        const value = /** @type {any} */ (play)[field.name];
        if (document.activeElement !== field) field.value = typeof value === 'string' ? value : '';
      }
      const fault = faults.find(({ where }) => where.startsWith(`plays[${at}]`));
      /** @type {Element} */ (row.querySelector('.fault')).textContent = fault ? `${fault.where.split('.')[1] ?? 'play'}: ${fault.message}` : '';
      for (const field of row.querySelectorAll('[name]')) {
        const isWrong = fault?.where === `plays[${at}].${/** @type {HTMLInputElement} */ (field).name}`;
        if (isWrong) field.setAttribute('aria-invalid', 'true');
        else field.removeAttribute('aria-invalid');
      }
    }
    /** @type {Element} */ (root.querySelector('.count')).textContent = `${plays.length} of at most 16`;
    return faults;
  };
  return { show };
}
