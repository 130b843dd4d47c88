import { createFalter } from 'falter';
import { openShop } from '../shop.js';

openShop(createFalter);
