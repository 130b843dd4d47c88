/** Every trap there is. */

import { DEVICES } from './devices.js';
import { FIELDS } from './fields.js';
import { FRAMES } from './frames.js';
import { HEADER } from './header.js';
import { POINTER } from './pointer.js';
import { WINDOWS } from './windows.js';

export const TRAPS = [...HEADER, ...FIELDS, ...POINTER, ...FRAMES, ...WINDOWS, ...DEVICES];
