/** Pages whose text stands in the page itself. */

import { frame } from '../frame.js';

frame();
