import { createFalter, provide } from 'falter/slim';
import { openShop } from '../shop.js';

// asked for when consent was given, and not before
provide({
  wasm: () => fetch('/node_modules/falter/script/falter.wasm'),
  model: () => fetch('/node_modules/falter/script/exit.falter'),
});
openShop(createFalter);
