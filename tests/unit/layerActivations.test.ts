import { describe, expect, test } from 'vitest';
import { decodeFrame } from '@/lib/protocol/frames';
import { limits } from '@/lib/protocol/limits';
import type { RunSpec } from '@/lib/runs/status';
import type { ImageSet } from '@/server/datasets/dataset';
import { activationPictures, type LookedAt, layerOf } from '@/server/worker/observers/layerActivations';
import type { Task } from '@/server/worker/training/task';
import { codedImagesFrame, imagesThatFit } from '@/server/worker/training/tasks/images';
import { specFor } from '../support/worker';

const looked = (shape: number[], drawsImage = false) =>
  ({ network: 'generator', block: { shape }, drawsImage }) as unknown as LookedAt;
const read = { kind: 'read', height: 2, width: 2, channels: 1, pixels: new Uint8Array(4) } as const;
const rising = (length: number) => Float32Array.from({ length }, (_, i) => i);

describe('activations as pictures', () => {
  test('of a convolution: a map a channel', () => {
    const { pixels, ...about } = activationPictures(
      looked([2, 2, 3]),
      { values: rising(12), example: read },
      5,
    );
    expect(about).toMatchObject({ step: 5, count: 3, total: 3, height: 2, width: 2, reach: 11 });
    expect([...pixels.slice(4, 8)]).toEqual(
      [1, 4, 7, 10].map((value) => 128 + Math.round((127 * value) / 11)),
    );
  });

  test('of a dense layer: a row of cells', () => {
    const values = Float32Array.of(-2, 0, 1);
    const result = activationPictures(looked([3]), { values, example: read }, 0);
    expect(result).toMatchObject({ count: 1, height: 1, width: 3, reach: 2 });
    expect([...result.pixels]).toEqual([1, 128, 192]);
  });

  test('over a text: units downwards, characters to the right, no more bytes than the limit', () => {
    const example = { kind: 'text', text: 'ab' } as const;
    const result = activationPictures(looked([3]), { values: rising(6), example }, 0);
    expect([result.height, result.width]).toEqual([3, 2]);
    const level = (value: number) => 128 + Math.round((127 * value) / 5);
    expect([...result.pixels]).toEqual([0, 3, 1, 4, 2, 5].map(level));
    const many = { values: new Float32Array(36 * 4000), example: { ...example, text: 'a'.repeat(36) } };
    const cut = activationPictures(looked([4000]), many, 0);
    expect(cut.pixels.length).toBeLessThanOrEqual(limits.layerBytes);
    expect(cut.total).toBe(4000);
  });

  test('of the layer that draws it: the image itself', () => {
    const values = Float32Array.of(0, 0.5, 1, 2);
    const result = activationPictures(looked([4], true), { values, example: read }, 0);
    expect(result).toMatchObject({ isImage: true, height: 2, width: 2, channels: 1 });
    expect([...result.pixels]).toEqual([0, 128, 255, 255]);
  });

  test('a layer is found by the name of its weights, in the network that it belongs to', () => {
    const task = { image: { height: 28, width: 28, channels: 1 } } as Task;
    const spec: RunSpec = specFor('dcgan', 'run');
    expect(layerOf('generator/convolution/1', spec, task)).toMatchObject({ drawsImage: true });
    expect(layerOf('discriminator/dense', spec, task)).toMatchObject({
      network: 'discriminator',
      drawsImage: false,
    });
    expect(() => layerOf('generator/norm/0', spec, task)).toThrow('no layer of that name');
  });
});

test('pictures with the longest codings fit into a frame, as many as there is room for; odd numbers stay out', () => {
  const set = { height: 32, width: 32, channels: 3 } as ImageSet;
  const size = 256;
  const rows = imagesThatFit(set, limits.reconstructions, 2 * size);
  expect(rows).toBeGreaterThan(8);
  const codings = Float32Array.from({ length: rows * size }, (_, i) => (i === 3 ? Number.NaN : Math.sin(i)));
  const { bytes } = codedImagesFrame('run', 1, set, new Uint8Array(rows * 3072), codings, 0);
  expect(bytes.length).toBeLessThanOrEqual(limits.frameBytes);
  const { header } = decodeFrame(bytes);
  if (header.kind !== 'images') throw new Error(`Images expected, got ${header.kind}`);
  expect(header.count).toBe(rows);
  expect(header.codings?.size).toBe(size);
  expect(header.codings?.scale).toBeCloseTo(1, 2);
});
