import { createFalter, provide } from 'falter/slim';
import { openShop } from '../shop.js';

provide({ wasm: new URL('falter/falter.wasm', import.meta.url), model: new URL('falter/model', import.meta.url) });
openShop(createFalter);
