/**
 * Where the card stands: in its own corner, or in another one while it would cover the field that has the focus.
 */

/** What a shopper types or pays in; a focused iframe is most often a payment field. */
const FIELDS = 'input,textarea,select,iframe,[contenteditable]';

/**
 * How far a box of the viewport has to be moved so as not to cover another.
 * @param {DOMRectReadOnly} box where it stands by itself
 * @param {DOMRectReadOnly | undefined} field what must not be covered
 * @param {number} width viewport, px
 * @param {number} height viewport, px
 * @returns {readonly [x: number, y: number]} px; [0, 0] too when every corner covers it
 */
export function clearOf(box, field, width, height) {
  const x = width - box.left - box.right;
  const y = height - box.top - box.bottom;
  /** @type {readonly (readonly [number, number])[]} */
  const corners = [
    [0, 0],
    [x, 0],
    [0, y],
    [x, y],
  ];
  const free = corners.find(
    ([x, y]) =>
      !field ||
      box.left + x >= field.right ||
      box.right + x <= field.left ||
      box.top + y >= field.bottom ||
      box.bottom + y <= field.top,
  );
  return free ?? [0, 0];
}

/** The box of the field that has the focus. @returns {DOMRect | undefined} */
export function focusedField() {
  const focused = document.activeElement;
  return focused?.matches(FIELDS) ? focused.getBoundingClientRect() : undefined;
}
