/** The frame in which falter draws its card: a device, as large as it fits. */

/** CSS px. @type {Record<string, { title: string, width: number, height: number }>} */
export const DEVICES = {
  phone: { title: 'Phone', width: 390, height: 844 },
  tablet: { title: 'Tablet', width: 820, height: 1180 },
  laptop: { title: 'Laptop', width: 1280, height: 800 },
};

/** All messages beside each other are small. */
const ALL_SCALE = 0.75;

/**
 * @param {HTMLElement} room
 * @returns the frame, and what stands in it
 */
export function openStage(room) {
  const frame = document.createElement('iframe');
  frame.title = 'The shop’s page with the card';
  frame.src = 'preview/index.html';
  const device = document.createElement('div');
  device.className = 'device';
  device.append(frame);
  room.append(device);
  /** @type {string | null} */
  let now = 'phone';
  const fit = () => {
    const box = room.getBoundingClientRect();
    const { width, height } = now ? DEVICES[now] : { width: box.width / ALL_SCALE, height: box.height / ALL_SCALE };
    const scale = Math.min(1, box.width / width, box.height / height) || 1;
    Object.assign(frame.style, { width: `${width}px`, height: `${height}px`, transform: `scale(${scale})` });
    Object.assign(device.style, { width: `${width * scale}px`, height: `${height * scale}px` });
  };
  new ResizeObserver(fit).observe(room);
  /** @type {Promise<import('../../preview/preview.js').Preview>} */
  const preview = new Promise((ready) => {
    // its modules have run by then
    frame.addEventListener('load', () => ready(/** @type {any} */ (frame.contentWindow).preview), { once: true });
  });
  return {
    preview,
    /** @param {string | null} name null: the whole room */
    wear(name) {
      now = name;
      device.dataset.device = name ?? 'all';
      fit();
    },
  };
}
