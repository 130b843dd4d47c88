/** @typedef {import('./start.js').Falter} Falter */

export { createFalter } from './start.js';
