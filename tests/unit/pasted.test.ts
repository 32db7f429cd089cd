import { expect, test } from 'vitest';
import { pastedIn } from '@/app/_room/bring';
import { isOnnx } from '@/lib/onnxFile';

const picture = new File(['x'], 'image.png', { type: 'image/png' });
const named = new File(['x'], 'cat.png');

test.each([
  ['a picture', [picture], '', ['image.png']],
  ['pictures whose names systems add as text', [named, picture], 'cat.png', ['cat.png', 'image.png']],
  ['a picture file with its name', [named], 'cat.png', ['cat.png']],
  ['a text', [], 'To be', ['pasted.txt']],
  ['a text of which a program adds a picture', [picture], 'a table', ['pasted.txt']],
  ['nothing', [], ' ', []],
] as const)('what is pasted: %s', async (_, files, text, names) => {
  expect(pastedIn({ files, getText: () => text }).map(({ name }) => name)).toEqual(names);
});

test('a model as .onnx is known by its first bytes, a text or an image is not taken for one', () => {
  expect(isOnnx(Uint8Array.of(8, 8, 18, 7))).toBe(true);
  expect(isOnnx(Uint8Array.of(8, 3, 58, 1))).toBe(true);
  expect(isOnnx(new TextEncoder().encode('To be'))).toBe(false);
  expect(isOnnx(Uint8Array.of(0x89, 0x50, 0x4e, 0x47))).toBe(false);
  expect(isOnnx(new Uint8Array())).toBe(false);
});
