import { expect, test } from 'vitest';
import { generateGlyphs } from '@/server/datasets/glyphs';
import { readGlyphs, readVerses } from '@/server/datasets/made';
import { readNpy, writeNpy } from '@/server/datasets/npy';
import { generateVerses } from '@/server/datasets/verses';

test('what the build made is what the code draws and writes', async () => {
  const { images: made, ...madeRest } = await readGlyphs();
  const { images: drawn, ...drawnRest } = generateGlyphs();
  // Vitest compares millions of numbers for half a minute.
  expect(Buffer.compare(made, drawn)).toBe(0);
  expect(madeRest).toEqual(drawnRest);
  expect(await readVerses()).toEqual({ kind: 'text', text: generateVerses() });
});

test('an array comes back as it was written, wherever its bytes lie', () => {
  const values = Uint8Array.from({ length: 24 }, (_, i) => i * 10);
  const written = writeNpy(values, [2, 3, 4]);
  const around = new Uint8Array(written.length + 9);
  around.set(written, 5);
  expect(readNpy(around.subarray(5, 5 + written.length))).toEqual(values);
});
