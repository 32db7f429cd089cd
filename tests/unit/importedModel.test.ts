import { describe, expect, test } from 'vitest';
import { limits } from '@/lib/protocol/limits';
import { RandomStream } from '@/lib/random';
import { ImportedGenerator } from '@/server/engine/onnx/imported';
import { ImportedModelError, inspect } from '@/server/engine/onnx/inspect';
import {
  body,
  external,
  FLOAT,
  generator,
  graph,
  INT32,
  input,
  int64s,
  ints,
  modelOf,
  node,
  output,
  value,
  weight,
} from '../support/onnxModels';

/** What `generator` makes of latents whose first number is `first`. */
const tanh = (first: number, pixel: number) => Math.tanh(first + pixel / 100);
const byteOf = (x: number, low: number, high: number) => Math.round((255 * (x - low)) / (high - low));

async function loaded(bytes: Uint8Array) {
  const imported = await ImportedGenerator.load(bytes);
  await imported.dispose();
  return imported.info;
}

describe('a generator is understood', () => {
  const range = { low: -1, high: 1 };
  test.each([
    ['grey, channels first', [1, 8, 6], { ...range, layout: 'NCHW', height: 8, width: 6, channels: 1 }],
    ['grey, channels last', [8, 6, 1], { ...range, layout: 'NHWC', height: 8, width: 6, channels: 1 }],
    ['grey, without channels', [8, 6], { ...range, layout: 'NHW', height: 8, width: 6, channels: 1 }],
    ['colour, channels first', [3, 5, 6], { ...range, layout: 'NCHW', height: 5, width: 6, channels: 3 }],
    ['colour, channels last', [5, 6, 3], { ...range, layout: 'NHWC', height: 5, width: 6, channels: 3 }],
  ])('%s', async (_, shape, expected) => {
    expect(await loaded(generator({ shape }))).toEqual({ latentSize: 4, ...expected });
  });

  test.each([
    ['Sigmoid', { low: 0, high: 1 }],
    ['Tanh', { low: -1, high: 1 }],
  ])('the range of %s', async (activation, expected) => {
    expect(await loaded(generator({ activation }))).toMatchObject(expected);
  });

  test('any other range is that of normal latents', async () => {
    const random = new RandomStream(0, 'probe');
    const firsts = Array.from({ length: 8 }, () => {
      const first = random.normal();
      for (let i = 1; i < 4; i++) random.normal();
      return first;
    });
    const { low, high } = await loaded(generator({ activation: 'Identity' }));
    expect(low).toBeCloseTo(Math.min(...firsts));
    expect(high).toBeCloseTo(Math.max(...firsts) + 0.63);
  });

  test('whatever is declared of the output, what it is counts', async () => {
    expect(await loaded(generator({ declared: ['a', 'b', 'c', 'd'] }))).toMatchObject({ height: 8 });
  });

  test('the images are those with channels where there are several outputs', async () => {
    const extra = [
      output('features', ['N', 8, 8]),
      int64s('square', -1, 8, 8),
      node('Reshape', ['pixels', 'square'], ['features']),
    ];
    expect(await loaded(generator({ extra }))).toMatchObject({ layout: 'NCHW' });
  });
});

describe('images are drawn', () => {
  test('channels first: turned so that a pixel lies together', async () => {
    const imported = await ImportedGenerator.load(generator({ shape: [3, 4, 5] }));
    const pixels = await imported.sample(Float32Array.of(0.3, 9, 9, 9, -0.5, 9, 9, 9));
    const [row, y, x, channel] = [1, 2, 3, 1];
    const expected = byteOf(tanh(-0.5, channel * 20 + y * 5 + x), -1, 1);
    expect(pixels[row * 60 + (y * 5 + x) * 3 + channel]).toBe(expected);
    expect(pixels).toHaveLength(120);
    await imported.dispose();
  });

  test.each([
    ['any number of rows', 'N'],
    ['two rows at a time', 2],
    ['one row at a time', 1],
  ])('%s', async (_, rows) => {
    const imported = await ImportedGenerator.load(generator({ rows }));
    const firsts = Array.from({ length: 21 }, (_, i) => i / 10 - 1);
    const pixels = await imported.sample(Float32Array.from(firsts.flatMap((first) => [first, 0, 0, 0])));
    expect(pixels).toHaveLength(21 * 64);
    firsts.forEach((first, i) => {
      expect(pixels[i * 64 + 63]).toBe(byteOf(tanh(first, 63), -1, 1));
    });
    await imported.dispose();
  });
});

const nan = generator({ activation: 'Log' });
/** Makes one image of all latents. */
const single = modelOf([
  graph(
    input('z', FLOAT, ['N', 4]),
    output('images', ['M', 1, 8, 8]),
    weight('kernel', [4, 64], new Float32Array(256)),
    int64s('shape', -1, 1, 8, 8),
    node('MatMul', ['z', 'kernel'], ['sums']),
    node('ReduceMax', ['sums'], ['most'], { attributes: [ints('axes', 0)] }),
    node('Reshape', ['most', 'shape'], ['images']),
  ),
]);
const twoInputs = generator({ extra: [input('labels', FLOAT, ['N', 10])] });
const withWeight = (...extra: Uint8Array[]) =>
  generator({ extra: [weight('w', [1], Float32Array.of(0), ...extra)] });
const inBody = modelOf([
  graph(
    input('z', FLOAT, ['N', 4]),
    output('images', ['N', 1, 8, 8]),
    node('Loop', ['', '', 'z'], ['images'], {
      attributes: [body(output('y', ['N', 4]), weight('hidden', [1], Float32Array.of(0), ...external))],
    }),
  ),
]);
const inAttribute = generator({ extra: [node('Constant', [], ['c'], { attributes: [value(...external)] })] });
const custom = generator({ extra: [node('Gelu', ['z'], ['c'], { domain: 'com.microsoft' })] });
/** ONNX Runtime would join the two, a reader that takes the last one would see no weight. */
const twoGraphs = modelOf([
  graph(weight('w', [1], Float32Array.of(0), ...external)),
  graph(node('Tanh', ['z'], ['y'])),
]);

describe('refused before anything of it is loaded', () => {
  test.each<[string, Uint8Array, RegExp]>([
    ['garbage', Uint8Array.from({ length: 500 }, (_, i) => (i * 37) % 251), /^Expected an ONNX model/],
    ['a text', new TextEncoder().encode('<!doctype html><html></html>'), /^Expected an ONNX model/],
    ['nothing', new Uint8Array(), /no version or no graph/],
    ['a file cut short', generator().subarray(0, 700), /can't be parsed/],
    ['two graphs', twoGraphs, /no version or no graph/],
    ['a weight in another file', withWeight(...external), /but w lies in another file/],
    ['a weight marked as external only', withWeight(external[1] as Uint8Array), /but w lies in another file/],
    ['a weight with a place only', withWeight(external[0] as Uint8Array), /but w lies in another file/],
    ['such a weight in a loop', inBody, /but hidden lies in another file/],
    ['such a weight in an attribute', inAttribute, /but constant lies in another file/],
    ['an operator that is not standard', custom, /but Gelu is of com\.microsoft$/],
    ['operators of the future', generator({ opset: 99 }), /7 to 26, but the model asks for 99$/],
    ['two inputs', twoInputs, /the model has 2: z: float32\[N, 4\]; labels: float32\[N, 10\]$/],
    [
      'whole numbers as input',
      modelOf([
        graph(input('ids', INT32, ['N', 4]), output('y', ['N', 1, 8, 8]), node('Tanh', ['ids'], ['y'])),
      ]),
      /one input float32\[N, d\] of latents, but the model has ids: int32\[N, 4\]$/,
    ],
    [
      'latents in space',
      modelOf([
        graph(input('z', FLOAT, ['N', 4, 1, 1]), output('y', ['N', 1, 8, 8]), node('Tanh', ['z'], ['y'])),
      ]),
      /z: float32\[N, 4, 1, 1\]$/,
    ],
    [
      'latents of an unknown size',
      modelOf([
        graph(input('z', FLOAT, ['N', 'd']), output('y', ['N', 1, 8, 8]), node('Tanh', ['z'], ['y'])),
      ]),
      /z: float32\[N, d\]$/,
    ],
    ['too many latents', generator({ latentSize: 4097, shape: [1, 4, 4] }), /at most 4096 numbers/],
    ['too many rows at once', generator({ rows: 65 }), /at most 64 rows/],
    [
      'flat images',
      generator({ shape: [64] }),
      /\[N, height, width\], but the model has images: float32\[N, 64\]$/,
    ],
  ])('%s', (_, bytes, message) => {
    expect(() => inspect(bytes)).toThrow(ImportedModelError);
    expect(() => inspect(bytes)).toThrow(message);
  });

  test('a file that is too large', () => {
    const large = new Uint8Array(limits.generatorBytes + 1);
    expect(() => inspect(large)).toThrow('Expected at most 100 MB, but the file has 101 MB');
  });
});

describe('refused once it was tried', () => {
  test.each<[string, Uint8Array, RegExp]>([
    [
      'a model that contradicts itself',
      generator({ extra: [node('Add', ['nothing', 'z'], ['q'])] }),
      /^ONNX Runtime can't load the model: /,
    ],
    ['pixels that are no numbers', nan, /^Expected finite pixels, but the model made NaN of normal latents$/],
    ['too few pixels', generator({ shape: [1, 3, 8] }), /4 to 512 pixels a side .* images: \[8, 1, 3, 8\]$/],
    ['two channels', generator({ shape: [2, 8, 8] }), /1 or 3 channels .* images: \[8, 2, 8, 8\]$/],
    ['one image of all latents', single, /^Expected 8 images .* made images: \[1, 1, 8, 8\]$/],
  ])('%s', async (_, bytes, message) => {
    const error = await ImportedGenerator.load(bytes).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ImportedModelError);
    expect((error as Error).message).toMatch(message);
  });
});
