/**
 * Where the card stands: in its own corner, or in another one while it would cover the field that has the focus, and where
 * there is no room it waits below the screen; never on a bar of the page's own.
 */

/** What a shopper types or pays in; a focused iframe is most often a payment field. */
const FIELDS = 'input,select,textarea,iframe,[contenteditable]';

/**
 * How far a box of the viewport has to be moved so as not to cover another.
 * @param {DOMRectReadOnly} box where it stands by itself
 * @param {DOMRectReadOnly | undefined} field what must not be covered
 * @param {{ clientWidth: number, clientHeight: number }} viewport px
 * @param {number[]} bars how far the page's own at the top and at the bottom move it, px; down is over 0
 * @returns {number[]} x and y, px; below the screen while every corner covers the field
 */
export function clearOf({ left, right, top, bottom }, field, { clientWidth, clientHeight }, [head, foot]) {
  const across = clientWidth - left - right;
  const up = clientHeight - top - bottom + head;
  /** @param {number[]} move */
  const isClear = ([x, y]) =>
    !field || left + x >= field.right || right + x <= field.left || top + y >= field.bottom || bottom + y <= field.top;
  const corners = [
    [0, foot],
    [across, foot],
    [0, up],
    [across, up],
  ];
  return corners.find(isClear) ?? [0, clientHeight];
}

/**
 * How far a card has to move for the page's own bars, which stay at the top and at the bottom of the viewport.
 * @param {DOMRectReadOnly} box where it stands by itself
 * @param {{ clientHeight: number }} viewport px
 * @returns {number[]} px down where it stands at the top, px up (under 0) where it stands at the bottom
 */
export const barsAt = ({ left, right, bottom }, { clientHeight }) =>
  [clientHeight - bottom, bottom - 1].map((y, isBottom) => {
    for (const element of document.elementsFromPoint((left + right) / 2, y)) {
      const style = getComputedStyle(element);
      const bar = element.getBoundingClientRect();
      // What is sticky for another edge scrolls by; what is higher is no bar.
      if (/fixed|sticky/.test(style.position) && style[isBottom ? 'bottom' : 'top'] !== 'auto' && bar.height < clientHeight / 2)
        return isBottom ? bar.top - clientHeight : bar.bottom;
    }
    return 0;
  });

/** The box of the field that has the focus. */
export const focusedField = () => document.activeElement?.closest(FIELDS)?.getBoundingClientRect();
