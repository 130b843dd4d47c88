/**
 * @typedef {import('./start.js').Falter} Falter
 * @typedef {import('./plays.js').Play} Play
 */

export { provide } from './assets/inlined.js';
export { createFalter } from './start.js';
