import { expect, test } from 'vitest';
import { parseRgb } from '@/app/_view/palette';
import { inkRamp, paintPicture } from '@/app/_view/pixels';

const bytesOf = (packed: Uint32Array) => [...new Uint8Array(packed.buffer)];
const ramp = inkRamp({ pictureBlack: '#102030', pictureWhite: '#f0e0d0' });

test('grey goes from the surface to the ink, opaque', () => {
  expect(bytesOf(ramp.slice(0, 1))).toEqual([0x10, 0x20, 0x30, 255]);
  expect(bytesOf(ramp.slice(255))).toEqual([0xf0, 0xe0, 0xd0, 255]);
  expect(bytesOf(ramp.slice(51, 52))).toEqual([0x10 + 45, 0x20 + 38, 0x30 + 32, 255]);
});

test('a grey picture is painted at its place and nowhere else', () => {
  const batch = { count: 2, height: 1, width: 2, channels: 1, pixels: Uint8Array.of(9, 9, 0, 255) };
  const packed = new Uint32Array(6);
  paintPicture(batch, 1, ramp, { packed, width: 3, start: 4 });
  expect([...packed]).toEqual([0, 0, 0, 0, ramp[0], ramp[255]]);
});

test('a colour picture keeps its colours', () => {
  const batch = { count: 1, height: 2, width: 1, channels: 3, pixels: Uint8Array.of(1, 2, 3, 4, 5, 6) };
  const packed = new Uint32Array(2);
  paintPicture(batch, 0, ramp, { packed, width: 1, start: 0 });
  expect(bytesOf(packed)).toEqual([1, 2, 3, 255, 4, 5, 6, 255]);
});

test('a colour in another notation is refused', () => {
  expect(() => parseRgb('rgb(1, 2, 3)')).toThrow(RangeError);
  expect(parseRgb('#ff8000')).toEqual([255, 128, 0]);
});
