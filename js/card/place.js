/**
 * Where the card stands: in its own corner, or in another one while it would cover the field that has the focus.
 */

/** What a shopper types or pays in; a focused iframe is most often a payment field. */
const FIELDS = 'input,textarea,select,iframe,[contenteditable]';

/**
 * How far a box of the viewport has to be moved so as not to cover another.
 * @param {DOMRectReadOnly} box where it stands by itself
 * @param {DOMRectReadOnly | undefined} field what must not be covered
 * @param {{ clientWidth: number, clientHeight: number }} viewport px
 * @returns {number[]} x and y, px; [0, 0] too when every corner covers it
 */
export function clearOf({ left, right, top, bottom }, field, { clientWidth, clientHeight }) {
  const across = clientWidth - left - right;
  const up = clientHeight - top - bottom;
  /** @param {number[]} move */
  const isClear = ([x, y]) =>
    !field || left + x >= field.right || right + x <= field.left || top + y >= field.bottom || bottom + y <= field.top;
  const corners = [
    [0, 0],
    [across, 0],
    [0, up],
    [across, up],
  ];
  return corners.find(isClear) ?? [0, 0];
}

/** The box of the field that has the focus. @returns {DOMRect | undefined} */
export function focusedField() {
  const focused = document.activeElement;
  return focused?.matches(FIELDS) ? focused.getBoundingClientRect() : undefined;
}
