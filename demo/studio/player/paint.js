/** The studio's tokens, for what is drawn on canvas. */

/** @type {Record<string, string> | undefined} */
let known;
/** @type {Set<() => void>} */
const waiting = new Set();

const turn = () => {
  known = undefined;
  for (const use of waiting) use();
};
addEventListener('studio-theme', turn);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', turn);

/** What is light or dark is only known where it is used: a token alone says both. */
const probe = document.createElement('i');
probe.hidden = true;

/** A token's colour now. @param {string} name without its dashes */
export function ink(name) {
  known ??= {};
  if (known[name]) return known[name];
  document.body.append(probe);
  probe.style.color = `var(--${name})`;
  return (known[name] = getComputedStyle(probe).color);
}

/** Draws again when light becomes dark. @param {() => void} use @returns {() => void} no more */
export function onTheme(use) {
  waiting.add(use);
  return () => waiting.delete(use);
}

export const FONT = "'Familjen Grotesk', system-ui, sans-serif";

/**
 * A canvas as sharp as the screen.
 * @param {HTMLCanvasElement} canvas
 * @param {number} width CSS px @param {number} height CSS px
 */
export function fit(canvas, width, height) {
  const ratio = devicePixelRatio || 1;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  return pen;
}
