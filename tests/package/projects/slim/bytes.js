import { createFalter, provide } from 'falter/slim';
import { openShop } from '../shop.js';

const read = async (name) => (await fetch(`/node_modules/falter/script/${name}`)).arrayBuffer();
const [wasm, model] = await Promise.all([read('falter.wasm'), read('exit.falter')]);
provide({ wasm, model: new Uint8Array(model) });
openShop(createFalter);
