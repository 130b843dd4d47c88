/** The page map: the viewport at its true proportion, where the pointer went in it, and how far down the document it lies. */

import { fill, html } from '../../shop/html.js';
import { messageName } from '../../panel/words.js';
import { fit, FONT, ink, onTheme } from './paint.js';
import { lastAt } from './scene.js';

/** The pointer's way fades over this long, ms. */
const TRAIL_MS = 3000;
/** A click's ring spreads over this long, ms. */
const CLICK_MS = 900;
/** The strip beside: px wide, and px between. */
const STRIP = 10;
const BESIDE = 8;
/** Lines of the document that scroll by, px of the page apart. */
const RULES = 240;
/** A card stays on the map so long, unless it is known when it went, ms. */
const CARD_MS = 8000;

const AWAY = { hidden: 'Tab hidden', blur: 'In another window', gone: 'Page closed' };

/** @typedef {{ t: number, until?: number, message: string }} Card */
/** @typedef {import('./scene.js').Scene} Scene @typedef {import('./scene.js').Moment} Moment */

export function createMap() {
  const element = document.createElement('figure');
  element.className = 'page-map';
  fill(element, html`<div class="map-box"><canvas role="img"></canvas></div><figcaption><b class="where"></b><span class="sections"></span></figcaption>`);
  const [box, canvas, where, sections] = ['.map-box', 'canvas', '.where', '.sections'].map((part) => /** @type {HTMLElement} */ (element.querySelector(part)));
  let [width, height] = [0, 0];
  /** @type {[Scene, number, Card[]] | undefined} */
  let shown;
  let told = '';

  const draw = () => {
    if (!shown || !width) return;
    const [scene, t, cards] = shown;
    const moment = scene.moment(t);
    const card = cards.find((one) => one.t <= t && t < (one.until ?? one.t + CARD_MS));
    const pen = fit(/** @type {HTMLCanvasElement} */ (canvas), width, height);
    paint(pen, { width, height }, scene, t, moment, card);
    tell(moment, card);
  };

  /** In words, where the picture is not enough. @param {Moment} moment @param {Card | undefined} card */
  const tell = ({ page, seen, hovered, cart, away, out, scroll, size }, card) => {
    const place = [page ? `${page} page` : 'Page', cart === null ? '' : `cart ${cart.toFixed(2)}`].filter(Boolean).join(' · ');
    const label = [
      place,
      away ? AWAY[away.how] : out ? `pointer out through the ${out}` : '',
      `scrolled ${Math.round((100 * scroll) / Math.max(1, size.docH - size.h))} %`,
      hovered.size ? `resting on ${[...hovered].join(', ')}` : '',
      card ? `card: ${messageName(card.message)}` : '',
    ].filter(Boolean).join('; ');
    const now = `${label}|${[...seen].join()}`;
    if (now === told) return;
    told = now;
    canvas.setAttribute('aria-label', label);
    where.textContent = place;
    const all = [...new Set([...hovered, ...seen])].sort();
    fill(sections, all.length ? html`${all.map((name) => html`<span class="section ${hovered.has(name) && 'on'}">${name}</span>`)}` : html`<span class="soft">no section in view</span>`);
  };

  new ResizeObserver(([{ contentRect }]) => {
    ({ width, height } = contentRect);
    draw();
  }).observe(box);
  onTheme(draw);

  return {
    element,
    /** @param {Scene} scene @param {number} t @param {Card[]} cards */
    paint: (scene, t, cards) => {
      shown = [scene, t, cards];
      draw();
    },
  };
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {{ width: number, height: number }} room
 * @param {Scene} scene @param {number} t @param {Moment} moment @param {Card | undefined} card
 */
function paint(pen, room, scene, t, moment, card) {
  const { size, scroll, away, out } = moment;
  const scale = Math.min((room.width - STRIP - BESIDE - 2) / size.w, (room.height - 2) / size.h);
  const [w, h] = [size.w * scale, size.h * scale];
  const left = (room.width - w - STRIP - BESIDE) / 2;
  const top = (room.height - h) / 2;
  strip(pen, left + w + BESIDE, top, h, moment);

  pen.save();
  pen.beginPath();
  pen.roundRect(left, top, w, h, 6);
  pen.fillStyle = ink('sunken');
  pen.fill();
  pen.clip();
  pen.translate(left, top);
  pen.strokeStyle = ink('line');
  pen.lineWidth = 1;
  pen.beginPath();
  for (let y = RULES - (scroll % RULES); y < size.h; y += RULES) pen.moveTo(0, y * scale), pen.lineTo(w, y * scale);
  pen.stroke();
  trail(pen, scene, t, scale);
  if (card) drawCard(pen, w, h, card);
  if (away) dim(pen, w, h, away, t);
  else if (out) edge(pen, w, h, out);
  pen.restore();
  pen.strokeStyle = ink('strong-line');
  pen.beginPath();
  pen.roundRect(left, top, w, h, 6);
  pen.stroke();
}

/** How far down the document the viewport lies. @param {CanvasRenderingContext2D} pen @param {number} x @param {number} y @param {number} h @param {Moment} moment */
function strip(pen, x, y, h, { size, scroll }) {
  const all = Math.max(size.docH, size.h, 1);
  pen.fillStyle = ink('sunken');
  pen.beginPath();
  pen.roundRect(x, y, STRIP, h, 4);
  pen.fill();
  pen.fillStyle = ink('strong-line');
  pen.beginPath();
  pen.roundRect(x, y + (h * Math.min(scroll, all - size.h)) / all, STRIP, Math.max(6, (h * size.h) / all), 4);
  pen.fill();
}

/** @param {CanvasRenderingContext2D} pen @param {Scene} scene @param {number} t @param {number} scale */
function trail(pen, { pointer, clicks, header }, t, scale) {
  const last = lastAt(pointer.t, t);
  pen.lineCap = pen.lineJoin = 'round';
  pen.strokeStyle = pen.fillStyle = ink('blue');
  pen.lineWidth = 2.5;
  let first = last;
  while (first > 0 && pointer.t[first - 1] > t - TRAIL_MS) first -= 1;
  for (let i = Math.max(1, first); i <= last; i += 1) {
    const [x0, y0, x, y] = [pointer.x[i - 1], pointer.y[i - 1], pointer.x[i], pointer.y[i]];
    if (Number.isNaN(x) || Number.isNaN(x0)) continue;
    pen.globalAlpha = Math.max(0.06, 1 - (t - pointer.t[i]) / TRAIL_MS);
    pen.beginPath();
    pen.moveTo(x0 * scale, y0 * scale);
    pen.lineTo(x * scale, y * scale);
    pen.stroke();
  }
  pen.globalAlpha = 1;
  for (let i = lastAt(clicks.t, t); i >= 0 && t - clicks.t[i] < CLICK_MS; i -= 1) {
    const part = (t - clicks.t[i]) / CLICK_MS;
    pen.globalAlpha = 1 - part;
    pen.lineWidth = 2;
    pen.beginPath();
    pen.arc(clicks.x[i] * scale, clicks.y[i] * scale, 4 + 14 * part, 0, 7);
    pen.stroke();
  }
  pen.globalAlpha = 1;
  // where it was last, also once it is gone
  const at = last >= 0 && Number.isNaN(pointer.x[last]) ? last - 1 : last;
  if (at < 0 || Number.isNaN(pointer.x[at])) return;
  pen.globalAlpha = at === last ? 1 : 0.35;
  const [x, y] = [pointer.x[at] * scale, pointer.y[at] * scale];
  if (header.device === 'touch') finger(pen, x, y);
  else arrow(pen, x, y);
  pen.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} pen @param {number} x @param {number} y */
function finger(pen, x, y) {
  pen.beginPath();
  pen.arc(x, y, 8, 0, 7);
  pen.fillStyle = ink('blue-wash');
  pen.fill();
  pen.stroke();
}

/** @param {CanvasRenderingContext2D} pen @param {number} x @param {number} y */
function arrow(pen, x, y) {
  pen.beginPath();
  for (const [dx, dy] of [[0, 0], [0, 15], [3.800, 11.500], [6.500, 17], [9, 15.800], [6.400, 10.400], [11.200, 10.200]]) pen.lineTo(x + dx, y + dy);
  pen.closePath();
  pen.fillStyle = ink('ink');
  pen.strokeStyle = ink('raised');
  pen.lineWidth = 1.5;
  pen.stroke();
  pen.fill();
}

/** @param {CanvasRenderingContext2D} pen @param {number} w @param {number} h @param {Card} card */
function drawCard(pen, w, h, { message }) {
  const [width, height] = [Math.min(w - 16, 168), 44];
  const [x, y] = [w - width - 8, h - height - 8];
  pen.fillStyle = ink('raised');
  pen.strokeStyle = ink('blue');
  pen.lineWidth = 2;
  pen.beginPath();
  pen.roundRect(x, y, width, height, 7);
  pen.fill();
  pen.stroke();
  pen.fillStyle = ink('blue');
  pen.font = `600 11px ${FONT}`;
  pen.fillText('CARD', x + 10, y + 17);
  pen.fillStyle = ink('ink');
  pen.font = `500 12px ${FONT}`;
  pen.fillText(messageName(message), x + 10, y + 33, width - 20);
}

/** @param {CanvasRenderingContext2D} pen @param {number} w @param {number} h @param {import('./scene.js').Away} away @param {number} t */
function dim(pen, w, h, { how, from }, t) {
  pen.globalAlpha = 0.82;
  pen.fillStyle = ink('ground');
  pen.fillRect(0, 0, w, h);
  pen.globalAlpha = 1;
  pen.textAlign = 'center';
  pen.fillStyle = ink('hot');
  pen.font = `700 14px ${FONT}`;
  pen.fillText(AWAY[how], w / 2, h / 2 - 2);
  pen.fillStyle = ink('soft');
  pen.font = `400 12px ${FONT}`;
  pen.fillText(`away ${((t - from) / 1000).toFixed(1)} s`, w / 2, h / 2 + 16);
  pen.textAlign = 'start';
}

/** The edge that the pointer left through. @param {CanvasRenderingContext2D} pen @param {number} w @param {number} h @param {string} out */
function edge(pen, w, h, out) {
  pen.fillStyle = ink('hot');
  const upright = out === 'left' || out === 'right';
  pen.fillRect(out === 'right' ? w - 4 : 0, out === 'bottom' ? h - 4 : 0, upright ? 4 : w, upright ? h : 4);
  pen.font = `600 12px ${FONT}`;
  pen.textAlign = 'center';
  pen.fillText(`out through the ${out}`, w / 2, out === 'top' ? 20 : upright ? h / 2 : h - 12, w - 12);
  pen.textAlign = 'start';
}
