import { expect, test } from 'vitest';
import { keyOf } from '@/app/_ui/keys';

const press = (key: string, code: string, shiftKey = false) => keyOf({ key, code, shiftKey });

test.each([
  ['US', 'z', 'KeyZ', 'z'],
  ['US with Caps Lock', 'Z', 'KeyZ', 'z'],
  ['German', 'z', 'KeyY', 'z'],
  ['German', 'y', 'KeyZ', 'y'],
  ['French', 'z', 'KeyW', 'z'],
  ['French', 'w', 'KeyZ', 'w'],
  ['Dvorak', ';', 'KeyZ', ';'],
  ['Russian', 'я', 'KeyZ', 'z'],
  ['Russian', 'н', 'KeyY', 'y'],
  ['Korean', 'ㅋ', 'KeyZ', 'z'],
  ['Korean, taken by the input method', 'Process', 'KeyZ', 'z'],
  ['Arabic', 'ئ', 'KeyZ', 'z'],
  ['Hebrew', 'ז', 'KeyZ', 'z'],
  ['Greek', 'ζ', 'KeyZ', 'z'],
  ['Arabic', '٣', 'Digit3', '3'],
  ['Persian', '۵', 'Digit5', '5'],
  ['French, with Shift', '3', 'Digit3', '3'],
  ['any', 'ArrowUp', 'ArrowUp', 'ArrowUp'],
  ['any', 'Escape', 'Escape', 'Escape'],
  ['any', '-', 'NumpadSubtract', '-'],
])('on a %s keyboard "%s" at %s is %s', (_, key, code, meant) => {
  expect(press(key, code)).toBe(meant);
});

test.each([
  ['US', '?', 'Slash', '?'],
  ['German', '?', 'Minus', '?'],
  ['German', '_', 'Slash', '_'],
  ['Korean, taken by the input method', 'Process', 'Slash', '?'],
  ['Arabic', '؟', 'Slash', '?'],
  ['Russian', ',', 'Slash', ','],
  ['any', 'Dead', 'Equal', '+'],
])('with Shift on a %s keyboard "%s" at %s is %s', (_, key, code, meant) => {
  expect(press(key, code, true)).toBe(meant);
});
