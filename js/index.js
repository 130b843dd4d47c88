export { createFalter } from './start.js';
