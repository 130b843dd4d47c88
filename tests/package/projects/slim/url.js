import { createFalter, provide } from 'falter/slim';
import { openShop } from '../shop.js';

provide({ wasm: '/node_modules/falter/script/falter.wasm', model: new URL('/node_modules/falter/script/exit.falter', location.href) });
openShop(createFalter);
