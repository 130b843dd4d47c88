import { fileURLToPath } from 'node:url';

/** Where node_modules is. */
export default { turbopack: { root: fileURLToPath(new URL('../..', import.meta.url)) } };
