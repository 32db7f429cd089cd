import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { encodeFrame } from '@/lib/protocol/frames';
import { previewSize } from '@/lib/protocol/linkCard';
import { encodeWritings } from '@/lib/protocol/writings';
import { gridOf, Preview } from '@/server/http/preview';

const publicFolder = fileURLToPath(new URL('../../public', import.meta.url));

const preview = (...frames: { kind: string; bytes: Uint8Array }[]) => new Preview(frames, publicFolder);

/** Pictures of one brightness each. */
function images(count: number, side: number, channels: 1 | 3, brightness: (picture: number) => number) {
  const pixels = new Uint8Array(count * side * side * channels);
  for (let i = 0; i < count; i++)
    pixels.fill(brightness(i), i * side * side * channels, (i + 1) * side * side * channels);
  const header = { kind: 'images', run: 'r', step: 1, count, height: side, width: side, channels } as const;
  return { kind: 'images', bytes: encodeFrame(header, pixels) };
}

async function pixelsOf(each: Preview) {
  const { data, info } = await sharp(await each.draw())
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([previewSize.width, previewSize.height]);
  return data;
}

/** Share of the preview that is of exactly this grey. */
function shareOf(data: Buffer, grey: number): number {
  let found = 0;
  for (let i = 0; i < data.length; i += 3)
    if (data[i] === grey && data[i + 1] === grey && data[i + 2] === grey) found += 1;
  return (3 * found) / data.length;
}

test('a grid is full, fits, and enlarges by whole pixels', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 64 }), fc.constantFrom(28, 32), (count, side) => {
      const { columns, rows, scale } = gridOf(count, { width: side, height: side });
      expect(columns * rows).toBeLessThanOrEqual(count);
      expect(Number.isInteger(scale) && scale >= 1).toBe(true);
      expect(columns * side * scale).toBeLessThanOrEqual(previewSize.width);
      expect(rows * side * scale).toBeLessThanOrEqual(previewSize.height);
      // Two giants say less of a model than many small ones.
      if (count >= 18) expect(columns * rows).toBeGreaterThanOrEqual(12);
    }),
  );
});

test.each([1, 3] as const)(
  'pictures of %i channels are shown crisp, and fill the preview',
  async (channels) => {
    const data = await pixelsOf(preview(images(16, 28, channels, (i) => (i % 2 ? 255 : 100))));
    expect(shareOf(data, 255)).toBeGreaterThan(0.25);
    expect(shareOf(data, 100)).toBeGreaterThan(0.25);
  },
);

test('what was written is shown without any font', async () => {
  const text = '안녕 world\n'.repeat(60);
  const { length } = [...text];
  const passage = {
    temperature: 1,
    text,
    probabilities: new Uint8Array(length).fill(255),
    best: '',
    bestProbabilities: new Uint8Array(),
  };
  const bytes = encodeWritings({ run: 'r', step: 3, prompt: '' }, [passage]);
  const written = await pixelsOf(preview({ kind: 'text', bytes }));
  expect(written.equals(await pixelsOf(preview()))).toBe(false);
  expect(new Set(written).size).toBeGreaterThan(3);
});

test('equal pictures have equal names, others have others', () => {
  const [one, same, other] = [7, 7, 8].map((grey) => preview(images(4, 28, 1, () => grey)));
  expect(one?.hash).toBe(same?.hash);
  expect(one?.hash).not.toBe(other?.hash);
  expect(preview().hash).not.toBe(one?.hash);
});
