/** @typedef {import('./start.js').Falter} Falter */

export { createFalter } from './start.js';
export { provide } from './assets/given.js';
