import wasm from 'falter/falter.wasm?url';
import model from 'falter/model?url';
import { createFalter, provide } from 'falter/slim';
import { openShop } from '../shop.js';

provide({ wasm, model });
openShop(createFalter);
