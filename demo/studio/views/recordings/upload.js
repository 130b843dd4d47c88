/** Files become recordings: by a button or dropped anywhere on the view. What could not be taken is told line by line. */

import { fill, html } from '../../../shop/html.js';

/** Faults told by line, each file; the others are counted. */
const TOLD = 4;

/** @typedef {ReturnType<typeof createUpload>['progress']} Progress */
/** @typedef {{ name: string, taken: number, known: number, aside: string[], fault?: string, why?: string }} Report known: were here already; why: in the engine's words */

/** How the engine begins its words about a file that holds no session. */
const FOREIGN = /^(no session in it|line \d+:)/;
/** @param {number} bytes */
const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`);
/** @param {number} count @param {string} one */
const counted = (count, one) => `${count} ${count === 1 ? one : `${one}s`}`;

/**
 * @param {import('../../app.d.ts').App} app
 * @param {HTMLElement} root where files may be dropped
 */
export function createUpload(app, root) {
  const element = document.createElement('div');
  element.className = 'uploads';
  fill(
    element,
    html`<input type="file" class="aside" multiple accept=".ndjson,.jsonl,.json,.txt,.gz,application/x-ndjson,application/gzip" tabindex="-1" aria-label="Files with recordings" />
      <div class="note going" role="status" hidden><span class="what"></span><progress max="1" value="0" aria-label="Reading"></progress><button class="cancel">Cancel</button></div>
      <div class="report" role="status"></div>`,
  );
  const drop = document.createElement('div');
  drop.className = 'drop';
  drop.hidden = true;
  fill(drop, html`<p><b>Drop recordings</b><br />NDJSON, gzipped or not</p>`);
  root.append(drop);
  /** @param {string} part @returns {HTMLElement} */
  const find = (part) => /** @type {HTMLElement} */ (element.querySelector(part));
  const [going, what, report] = ['.going', '.what', '.report'].map(find);
  const input = /** @type {HTMLInputElement} */ (find('input'));
  const line = /** @type {HTMLProgressElement} */ (find('progress'));
  /** @type {AbortController | undefined} */
  let work;

  /** One thing at a time. */
  const progress = {
    /** @param {string} text @returns {AbortSignal | undefined} undefined: something else is under way */
    begin: (text) => {
      if (work) return void app.toast('What was begun before this is still under way.');
      work = new AbortController();
      what.textContent = text;
      line.value = 0;
      going.hidden = false;
      return work.signal;
    },
    /** @param {number} part 0..1 @param {string} [text] */
    part: (part, text) => {
      line.value = part;
      if (text) what.textContent = text;
    },
    end: () => {
      work = undefined;
      going.hidden = true;
    },
  };

  /** @param {File[]} files */
  const take = async (files) => {
    const signal = files.length ? progress.begin('Reading') : undefined;
    if (!signal) return;
    /** @type {Report[]} */
    const reports = [];
    for (const file of files) {
      progress.part(0, `Reading ${file.name}, ${size(file.size)}`);
      reports.push(await takeOne(app, file, signal, progress.part));
      if (signal.aborted) break;
    }
    progress.end();
    show(reports);
  };
  /** @param {Report[]} reports */
  const show = (reports) => {
    fill(report, html`${reports.map(told)}`);
  };

  input.addEventListener('change', () => {
    take([...(input.files ?? [])]);
    // the same file again is a change, too
    input.value = '';
  });
  find('.cancel').addEventListener('click', () => work?.abort());
  report.addEventListener('click', ({ target }) => /** @type {Element} */ (target).matches('.quiet') && /** @type {Element} */ (target).closest('.note')?.remove());

  /** @param {DragEvent} event */
  const hasFiles = ({ dataTransfer }) => dataTransfer?.types.includes('Files');
  let depth = 0;
  root.addEventListener('dragenter', (event) => {
    if (!hasFiles(event)) return;
    depth += 1;
    drop.hidden = false;
  });
  root.addEventListener('dragleave', (event) => {
    if (hasFiles(event) && (depth -= 1) <= 0) drop.hidden = true;
  });
  root.addEventListener('dragover', (event) => hasFiles(event) && event.preventDefault());
  root.addEventListener('drop', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 0;
    drop.hidden = true;
    take([...(event.dataTransfer?.files ?? [])]);
  });

  return { element, progress, ask: () => input.click() };
}

/** @param {Report} report */
function told({ name, taken, known, aside, fault, why }) {
  const kind = fault || !taken ? (taken || known ? 'warm' : 'bad') : aside.length ? 'warm' : 'good';
  return html`<div class="note ${kind}">
    <p>
      <b>${name}</b>${fault && ':'} ${fault ?? (taken ? `${counted(taken, 'recording')} taken.` : known ? 'nothing new in it.' : 'no recording in it.')}
      ${known > 0 && `${counted(known, 'recording')} ${known === 1 ? 'was' : 'were'} here already.`} ${aside.length > 0 && `Set aside: ${aside.length}.`}
    </p>
    ${why && html`<ul><li><code>${why}</code></li></ul>`}
    ${aside.length > 0 && html`<ul>${aside.slice(0, TOLD).map((line) => html`<li><code>${line}</code></li>`)}${aside.length > TOLD && html`<li>and ${aside.length - TOLD} more</li>`}</ul>`}
    <button class="quiet" aria-label="Dismiss">×</button>
  </div>`;
}

/**
 * @param {import('../../app.d.ts').App} app @param {File} file @param {AbortSignal} signal
 * @param {(part: number) => void} onProgress 0..1
 * @returns {Promise<Report>}
 */
async function takeOne({ engine, library }, file, signal, onProgress) {
  /** @type {Report} */
  const report = { name: file.name, taken: 0, known: 0, aside: [] };
  if (!file.size) return { ...report, fault: 'The file is empty.' };
  try {
    const { texts, sessions, aside } = await engine.read(file, { signal, onProgress: (bytes) => onProgress(bytes / file.size) });
    report.aside = aside;
    const here = new Set(library.list().map(keyOf));
    const base = file.name.replace(/(\.(ndjson|jsonl|json|txt|gz))+$/i, '');
    const found = texts.map((text, i) => ({ name: texts.length > 1 ? `${base} ${i + 1}` : base, text, session: sessions[i] }));
    const fresh = found.filter(({ text, session }) => !here.has(keyOf({ bytes: text.length, session })));
    report.known = found.length - fresh.length;
    report.taken = (await library.add(fresh, 'uploaded')).length;
  } catch (fault) {
    const { name, message, done = 0 } = /** @type {Error & { done?: number }} */ (fault);
    report.taken = done;
    if (signal.aborted || name === 'AbortError') report.fault = 'cancelled: nothing of it was taken.';
    else if (FOREIGN.test(message))
      Object.assign(report, { fault: 'This is no recording of falter: NDJSON as falter.record() and falter simulate write it.', why: message });
    else report.fault = message;
  }
  return report;
}

/** The same visit again: its id, its length and how much there is of it. @param {{ bytes: number, session: import('../../engine/types.js').Session }} item */
const keyOf = ({ bytes, session }) => `${session.session} ${session.end} ${session.signals} ${bytes}`;
