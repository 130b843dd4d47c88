/**
 * @typedef {import('./start.js').Falter} Falter
 * @typedef {import('./plays.js').Play} Play
 */

export { createFalter } from './start.js';
