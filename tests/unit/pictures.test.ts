import { expect, test } from 'vitest';
import { readSnapshot } from '@/app/_room/frameStore';
import { samplesOf } from '@/app/_room/pictures';
import { encodeFrame } from '@/lib/protocol/frames';

test("an autoencoder's draws from its prior stand beside its reconstructions, which alone have codings", () => {
  const size = { height: 1, width: 2, channels: 1 };
  const header = { kind: 'images', run: 'a', step: 3, count: 3, drawn: 1, ...size } as const;
  const coded = new Uint8Array(Int16Array.of(32767, 0, -32767, 16384).buffer);
  const payload = Uint8Array.of(1, 2, 3, 4, 5, 6, ...coded);
  const { images = null } = readSnapshot(encodeFrame({ ...header, codings: { size: 2, scale: 2 } }, payload));
  expect(images).toMatchObject({ step: 3, count: 2, ...size });
  expect([...(images?.pixels ?? [])]).toEqual([1, 2, 3, 4]);
  expect([...(images?.codings?.values ?? [])].map((value) => Number(value.toFixed(3)))).toEqual([
    2, 0, -2, 1,
  ]);
  const samples = samplesOf(images);
  expect(samples).toMatchObject({ step: 3, count: 1, ...size });
  expect([...(samples?.pixels ?? [])]).toEqual([5, 6]);
});

test("a generator's pictures are its samples", () => {
  const header = { kind: 'images', run: 'a', step: 1, count: 2, height: 1, width: 2, channels: 1 } as const;
  const { images = null } = readSnapshot(encodeFrame({ ...header, fresh: 1 }, Uint8Array.of(1, 2, 3, 4)));
  expect(samplesOf(images)).toBe(images);
  expect(images).toMatchObject({ count: 2, fresh: 1 });
});
