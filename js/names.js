/**
 * The places of what crosses into the engine and back: src/boundary.rs. Its names come with the module.
 *
 * Made by `FALTER_WRITE=1 cargo test --test names`; not to be edited.
 */

export const HEARD_MOVE = 0;
export const HEARD_DOWN = 1;
export const HEARD_UP = 2;
export const HEARD_LEAVE = 3;
export const HEARD_ENTER = 4;
export const HEARD_CLICK = 5;
export const HEARD_DRAG = 6;
export const HEARD_LIFT = 7;
export const HEARD_SCROLL = 8;
export const HEARD_RESIZE = 9;
export const HEARD_OVER = 10;
export const HEARD_SEE = 11;
export const HEARD_UNSEE = 12;
export const HEARD_BLUR = 13;
export const HEARD_FOCUS = 14;
export const HEARD_VISIBILITY = 15;
export const HEARD_DIALOG = 16;
export const HEARD_HIDE = 17;
export const HEARD_LOAD = 18;
export const HEARD_BROKEN = 19;
export const HEARD_FOLLOW = 20;
export const HEARD_NAVIGATE = 21;
export const HEARD_KEY = 22;
export const HEARD_TYPING = 23;
export const HEARD_FIELD_FOCUS = 24;
export const HEARD_FIELD_LEAVE = 25;
export const HEARD_FIELD_ERROR = 26;
export const HEARD_COPY = 27;
export const HEARD_SELECT = 28;
export const HEARD_ZOOM = 29;
export const HEARD_PINCH = 30;
export const TOLD_NOW = 0;
export const TOLD_THRESHOLD = 1;
export const TOLD_LEAVE_T = 2;
export const TOLD_LEAVE_REASON = 3;
export const TOLD_LEAVE_RISK = 4;
export const TOLD_LEAVE_CART = 5;
export const TOLD_T = 6;
export const TOLD_RISK = 7;
export const TOLD_REASON = 8;
export const TOLD_CONFIDENCE = 9;
export const TOLD_EVIDENCE = 10;
export const TOLD_HOLD = 19;
export const TOLD_MESSAGE = 20;
export const TOLD_OFFER = 21;
export const TOLD_VALUES = 22;
export const KINDS = 31;
export const SELECTOR_OURS = 0;
export const SELECTOR_EDITABLE = 1;
export const SELECTOR_PART = 2;
export const SELECTOR_DIALOG = 3;
export const SELECTOR_PRODUCT = 4;
