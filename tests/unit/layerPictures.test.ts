import { describe, expect, test } from 'vitest';
import { limits } from '@/lib/protocol/limits';
import { layerPictures } from '@/server/worker/observers/layerPictures';

const spec = (...shape: number[]) => ({ shape, dtype: 'float32' }) as const;
const count = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
const rising = (...shape: number[]) => Float32Array.from({ length: count(shape) }, (_, i) => i);
const of = (name: string, shape: number[], image?: { height: number; width: number; channels: number }) =>
  layerPictures(name.replace(/\/\w+$/, ''), {
    step: 7,
    specs: { [name]: spec(...shape) },
    values: { [name]: rising(...shape) },
    image,
  });
/** What a weight is as a level, when the largest one is `reach`. */
const level = (weight: number, reach: number) => 128 + Math.round((127 * weight) / reach);
const image = { height: 2, width: 3, channels: 1 };

describe('weights as pictures', () => {
  test('of a dense layer that reads images: one picture a unit', () => {
    const { pixels, ...about } = of('encoder/0/kernel', [6, 2], image);
    expect(about).toEqual({
      kind: 'layer',
      step: 7,
      count: 2,
      height: 2,
      width: 3,
      channels: 1,
      total: 2,
      reach: 11,
    });
    expect([...pixels.slice(6)]).toEqual([1, 3, 5, 7, 9, 11].map((weight) => level(weight, 11)));
  });

  test('of a dense layer that draws images: one picture an input', () => {
    const { pixels, total } = of('decoder/0/kernel', [2, 6], image);
    expect(total).toBe(2);
    expect([...pixels.slice(6)]).toEqual([6, 7, 8, 9, 10, 11].map((weight) => level(weight, 11)));
  });

  test('of a convolution: one picture an output', () => {
    const { pixels, height, width, total } = of('discriminator/convolution/0/kernel', [2, 2, 1, 3]);
    expect([height, width, total]).toEqual([2, 2, 3]);
    expect([...pixels.slice(4, 8)]).toEqual([1, 4, 7, 10].map((weight) => level(weight, 11)));
  });

  test('of a learned constant: one picture a channel', () => {
    const { pixels, total } = of('generator/synthesis/0/constant', [1, 2, 2, 2]);
    expect(total).toBe(2);
    expect([...pixels.slice(4)]).toEqual([1, 3, 5, 7].map((weight) => level(weight, 7)));
  });

  test('of another matrix: one picture, no larger than the limit', () => {
    const { count, height, width } = of('recurrent/0/kernel', [20, 400]);
    expect([count, height, width]).toEqual([1, 20, limits.layerSide]);
  });

  test('no more pictures than the limit; zero weights are grey', () => {
    const result = layerPictures('a', {
      step: 0,
      specs: { 'a/kernel': spec(6, 100) },
      values: { 'a/kernel': new Float32Array(600) },
      image,
    });
    expect([result.count, result.total, result.reach]).toEqual([limits.layerPictures, 100, 0]);
    expect(new Set(result.pixels)).toEqual(new Set([128]));
  });

  test('an unknown layer is refused', () => {
    expect(() => layerPictures('square/encoder/9', { step: 0, specs: {}, values: {} })).toThrow(
      'no layer of that name',
    );
  });
});
