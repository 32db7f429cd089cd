import { expect, test } from 'vitest';
import { readSafetensors, SafetensorsError, writeSafetensors } from '@/server/engine/safetensors';

const file = {
  tensors: {
    'dense/0/kernel': { shape: [2, 3], data: Float32Array.of(1, -2, 3, 0.5, 1e-30, 6) },
    scale: { shape: [], data: Float32Array.of(7) },
    none: { shape: [0, 4], data: new Float32Array() },
  },
  metadata: { model: 'autoencoder', note: 'Zürich "å"' },
};

test('what was written is read again', () => {
  expect(readSafetensors(writeSafetensors(file))).toEqual(file);
});

test('bytes are little endian, and the data is aligned', () => {
  const bytes = writeSafetensors(file);
  const view = new DataView(bytes.buffer);
  const start = 8 + Number(view.getBigUint64(0, true));
  expect(start % 8).toBe(0);
  expect(view.getFloat32(start + 4, true)).toBe(-2);
  expect(bytes.length).toBe(start + 4 * 7);
});

test('an unaligned view of a larger buffer is read too', () => {
  const bytes = writeSafetensors(file);
  const moved = new Uint8Array(bytes.length + 3);
  moved.set(bytes, 3);
  expect(readSafetensors(moved.subarray(3))).toEqual(file);
});

test('a shape that the data does not fill is refused', () => {
  const tensors = { w: { shape: [2, 2], data: new Float32Array(3) } };
  expect(() => writeSafetensors({ tensors, metadata: {} })).toThrow('w has 3 values; expected [2,2]');
});

test.each<[string, (bytes: Uint8Array) => Uint8Array, string]>([
  ['too short for a header', (bytes) => bytes.subarray(0, 5), 'does not fit'],
  ['a header longer than the file', (bytes) => bytes.fill(255, 0, 8), 'does not fit'],
  ['a header that is not JSON', (bytes) => bytes.fill(0x7b, 8, 12), 'The header is not JSON'],
  [
    'data cut short',
    (bytes) => bytes.subarray(0, bytes.length - 8),
    'dense/0/kernel of [2,3] does not lie at 0 to 24 of 20 bytes',
  ],
  [
    'another type',
    (bytes) => {
      const text = new TextDecoder('latin1').decode(bytes).replace('"F32"', '"F16"');
      return Uint8Array.from(text, (character) => character.charCodeAt(0));
    },
    'dense/0/kernel is F16; F32 expected',
  ],
])('refuses %s', (_, spoil, message) => {
  const spoilt = spoil(writeSafetensors({ ...file, metadata: {} }));
  expect(() => readSafetensors(spoilt)).toThrow(SafetensorsError);
  expect(() => readSafetensors(spoilt)).toThrow(message);
});
