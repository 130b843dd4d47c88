import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clearOf } from '../../js/card/place.js';

const box = (left, top, width, height) => ({ left, top, right: left + width, bottom: top + height });
const NO_BARS = [0, 0];
const corner = box(876, 555, 384, 225);

test('a card that covers nothing stays where it is', () => {
  assert.deepEqual(clearOf(corner, undefined, { clientWidth: 1280, clientHeight: 800 }, NO_BARS), [0, 0]);
  assert.deepEqual(clearOf(corner, box(100, 600, 200, 40), { clientWidth: 1280, clientHeight: 800 }, NO_BARS), [0, 0]);
  assert.deepEqual(
    clearOf(corner, box(676, 600, 200, 40), { clientWidth: 1280, clientHeight: 800 }, NO_BARS),
    [0, 0],
    'touching is not covering',
  );
});

test('a card over the focused field goes to the other corner', () => {
  assert.deepEqual(clearOf(corner, box(900, 600, 200, 40), { clientWidth: 1280, clientHeight: 800 }, NO_BARS), [-856, 0]);
});

test('a card as wide as the screen goes to the top', () => {
  assert.deepEqual(
    clearOf(box(10, 500, 370, 290), box(20, 600, 300, 40), { clientWidth: 390, clientHeight: 800 }, NO_BARS),
    [0, -490],
  );
});

test('while a field is everywhere the card waits below the screen', () => {
  assert.deepEqual(clearOf(corner, box(0, 0, 1280, 800), { clientWidth: 1280, clientHeight: 800 }, NO_BARS), [0, 800]);
});

test("a card stands on top of the page's bar at the bottom, and under the one at the top", () => {
  const viewport = { clientWidth: 1280, clientHeight: 800 };
  assert.deepEqual(clearOf(corner, undefined, viewport, [60, -56]), [0, -56]);
  assert.deepEqual(clearOf(corner, box(0, 500, 1280, 300), viewport, [60, -56]), [0, -475], '20 px below 60');
});
