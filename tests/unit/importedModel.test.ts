import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ImportedGenerator } from '@/server/engine/onnx/imported';
import { byteOf, latentsOf, loaded, opened, tanh } from '../support/importedModels';
import {
  DOUBLE,
  FLOAT,
  FLOAT16,
  generator,
  graph,
  input,
  int64s,
  ints,
  modelOf,
  node,
  output,
  UINT8,
  weight,
} from '../support/onnxModels';

describe('a generator is understood', () => {
  const range = { low: -1, high: 1 };
  test.each([
    ['grey, channels first', [1, 8, 6], { ...range, height: 8, width: 6, channels: 1 }],
    ['grey, channels last', [8, 6, 1], { ...range, height: 8, width: 6, channels: 1 }],
    ['grey, without channels', [8, 6], { ...range, height: 8, width: 6, channels: 1 }],
    ['colour, channels first', [3, 5, 6], { ...range, height: 5, width: 6, channels: 3 }],
    ['colour, channels last', [5, 6, 3], { ...range, height: 5, width: 6, channels: 3 }],
    ['transparent, channels first', [4, 5, 6], { ...range, height: 5, width: 6, channels: 3 }],
    ['transparent, channels last', [5, 6, 4], { ...range, height: 5, width: 6, channels: 3 }],
    ['one of several frames', [1, 1, 8, 6], { ...range, height: 8, width: 6, channels: 1 }],
  ])('%s', async (_, shape, expected) => {
    const nothing = { isOpen: false, forms: [], form: 0, fields: [], layers: 0 };
    expect(await loaded(generator({ shape }))).toEqual({ latentSize: 4, ...nothing, ...expected });
  });

  test.each([
    ['Sigmoid', { low: 0, high: 1 }],
    ['Tanh', { low: -1, high: 1 }],
  ])('the range of %s', async (activation, expected) => {
    expect(await loaded(generator({ activation }))).toMatchObject(expected);
  });

  test('any other range is that of normal latents', async () => {
    const { low, high } = await loaded(generator({ activation: 'Identity' }));
    expect(low).toBeLessThan(-0.5);
    expect(high).toBeGreaterThan(0.63);
  });

  test('whatever is declared of the output, what it is counts', async () => {
    expect(await loaded(generator({ declared: ['a', 'b', 'c', 'd'] }))).toMatchObject({ height: 8 });
  });

  test('the images are those with channels where there are several outputs', async () => {
    const extra = [output('other', ['N', 4, 16])];
    const square = [int64s('square', -1, 4, 16), node('Reshape', ['pixels', 'square'], ['other'])];
    const file = generator({ extra: [...extra, int64s('unused', 1)], after: square });
    expect(await loaded(file)).toMatchObject({ height: 8, width: 8 });
  });
});

describe('latents of any form', () => {
  test.each<[string, Parameters<typeof generator>[0], number]>([
    ['as the DCGAN tutorial has them', { latents: ['N', 4, 1, 1] }, 4],
    ['channels last', { latents: ['N', 1, 1, 4] }, 4],
    ['of one number', { latents: ['N', 1], latentSize: 1 }, 1],
    ['in space', { latents: ['N', 4, 2, 3], latentSize: 24 }, 24],
    ['a style a layer', { latents: ['N', 6, 5], latentSize: 30 }, 30],
    ['without rows', { latents: [4], rows: 1 }, 4],
    ['without rows, images too', { latents: [4], rows: 1, reshaped: [8, 8] }, 4],
    ['open sides', { latents: ['N', 4, 'h', 'w'] }, 4],
  ])('%s', async (_, given, latentSize) => {
    const [imported, pixels] = await opened(generator(given), [0.3, -0.5]);
    expect(imported.latentSize).toBe(latentSize);
    expect(pixels).toHaveLength(2 * 64);
    expect([pixels[0], pixels[64 + 9]]).toEqual([byteOf(tanh(0.3, 0)), byteOf(tanh(-0.5, 9))]);
  });

  test('a size that the file leaves open is found by its layers', async () => {
    expect(await loaded(generator({ latents: ['N', 'd'], latentSize: 37 }))).toMatchObject({
      latentSize: 37,
      isOpen: false,
    });
  });

  /** Takes latents of any size: only the mean of each counts. */
  const anySize = modelOf([
    graph(
      input('z', FLOAT, ['N', 'd']),
      output('images', ['N', 1, 8, 8]),
      weight('kernel', [1, 64], new Float32Array(64).fill(1)),
      int64s('shape', -1, 1, 8, 8),
      node('ReduceMean', ['z'], ['mean'], { attributes: [ints('axes', 1)] }),
      node('MatMul', ['mean', 'kernel'], ['sums']),
      node('Tanh', ['sums'], ['pixels']),
      node('Reshape', ['pixels', 'shape'], ['images']),
    ),
  ]);
  test('one that is really open is as usual, or as somebody chooses', async () => {
    expect(await loaded(anySize)).toMatchObject({ latentSize: 100, isOpen: true });
    expect(await loaded(anySize, { latentSize: 7 })).toMatchObject({ latentSize: 7, isOpen: true });
    await expect(loaded(generator({ latents: ['N', 'd'] }), { latentSize: 7 })).rejects.toThrow(
      'It does not run on latents of 7 numbers',
    );
  });

  test('several inputs are parts of one latent', async () => {
    const extra = [
      input('noise', FLOAT, ['N', 1, 2, 2]),
      int64s('row', -1, 4),
      int64s('first', 0),
      int64s('second', 1),
      int64s('axis', 1),
      node('Reshape', ['noise', 'row'], ['flat_noise']),
      node('Slice', ['flat_noise', 'first', 'second', 'axis'], ['shift']),
    ];
    const imported = await ImportedGenerator.load(generator({ extra, added: 'shift' }));
    expect(imported.info.latentSize).toBe(8);
    const pixels = await imported.sample({ latents: Float32Array.of(0.2, 9, 9, 9, 0.4, 9, 9, 9) });
    // In the order of the file: z first.
    expect(pixels[0]).toBe(byteOf(Math.tanh(0.6)));
    await imported.dispose();
  });
});

const types = { float16: FLOAT16, float32: FLOAT, float64: DOUBLE, uint8: UINT8 };

test('any form of latents, type, layout, and number of rows at once', async () => {
  const { float16, float32, float64 } = types;
  const small = fc.integer({ min: 4, max: 7 });
  const shape = fc.tuple(fc.constantFrom(1, 3), small, small, fc.boolean());
  const arbitrary = fc.record({
    shape: shape.map(([depth, height, width, isFirst]) =>
      isFirst ? [depth, height, width] : [height, width, depth],
    ),
    tail: fc.constantFrom([], [1, 1], [1]),
    from: fc.constantFrom(float16, float32, float64),
    to: fc.constantFrom(...Object.values(types)),
    rows: fc.constantFrom('N', 1, 2, 7, 64, 100),
    firsts: fc.array(fc.constantFrom(-0.75, -0.25, 0, 0.5, 1), { minLength: 1, maxLength: 20 }),
  });
  const check = async ({
    shape,
    tail,
    from,
    to,
    rows,
    firsts,
  }: typeof arbitrary extends fc.Arbitrary<infer T> ? T : never) => {
    const file = generator({ shape, rows, latents: [rows, 4, ...tail], types: { from, to } });
    const [info, pixels] = await opened(file, firsts);
    const [a = 0, b = 0, c = 0] = shape;
    const isFirst = a === 1 || a === 3;
    const [channels, height, width] = isFirst ? [a, b, c] : [c, a, b];
    expect(info).toMatchObject({ latentSize: 4, channels, height, width });
    const size = a * b * c;
    expect(pixels).toHaveLength(firsts.length * size);
    firsts.forEach((first, row) => {
      const [at, channel] = [size / channels - 1, channels - 1];
      const pixel = isFirst ? channel * height * width + at : size - 1;
      const difference =
        (pixels[row * size + at * channels + channel] as number) - byteOf(tanh(first, pixel));
      // Half precision, and bytes that are cut.
      expect(Math.abs(difference)).toBeLessThanOrEqual(1);
    });
  };
  await fc.assert(fc.asyncProperty(arbitrary, check), { numRuns: 40 });
});

describe('images are drawn', () => {
  test('channels first: turned so that a pixel lies together', async () => {
    const [, pixels] = await opened(generator({ shape: [3, 4, 5] }), [0.3, -0.5]);
    const [row, y, x, channel] = [1, 2, 3, 1];
    expect(pixels[row * 60 + (y * 5 + x) * 3 + channel]).toBe(byteOf(tanh(-0.5, channel * 20 + y * 5 + x)));
    expect(pixels).toHaveLength(120);
  });

  test.each([[[4, 6, 5]], [[6, 5, 4]]])('what is transparent in %j shows white', async (shape) => {
    const [, pixels] = await opened(generator({ shape, activation: 'Sigmoid' }), [0.3]);
    const isFirst = shape[0] === 4;
    const at = (pixel: number, channel: number) =>
      1 / (1 + Math.exp(-(0.3 + (isFirst ? channel * 30 + pixel : pixel * 4 + channel) / 100)));
    expect(pixels).toHaveLength(90);
    const [pixel, channel] = [17, 1];
    const alpha = at(pixel, 3);
    const expected = 255 * (alpha * at(pixel, channel) + 1 - alpha);
    expect(Math.abs((pixels[pixel * 3 + channel] as number) - expected)).toBeLessThan(1);
  });

  test.each([
    ['any number of rows', { rows: 'N' }],
    ['two rows at a time', { rows: 2 }],
    ['one row at a time', { rows: 1 }],
    ['more rows at a time than are asked for', { rows: 130 }],
    ['one row that is fixed inside the graph', { reshaped: [1, 1, 8, 8] }],
    ['16 rows that are fixed inside the graph', { reshaped: [16, 1, 8, 8] }],
  ])('%s', async (_, given) => {
    const firsts = Array.from({ length: 21 }, (_, i) => i / 10 - 1);
    const [, pixels] = await opened(generator(given), firsts);
    expect(pixels).toHaveLength(21 * 64);
    firsts.forEach((first, i) => {
      expect(pixels[i * 64 + 63]).toBe(byteOf(tanh(first, 63)));
    });
  });

  test('what makes one image of all latents draws one by one', async () => {
    const [info, pixels] = await opened(single, [0, 0, 0]);
    expect([info.height, pixels.length]).toEqual([8, 3 * 64]);
  });
});

describe('flat images', () => {
  test.each([
    [784, { height: 28, width: 28, channels: 1, forms: [] }],
    [64, { height: 8, width: 8, channels: 1, forms: [] }],
  ])('%i numbers are a square', async (size, expected) => {
    expect(await loaded(generator({ shape: [size] }))).toMatchObject(expected);
  });

  /** Pixels of a smooth picture, a ramp whose colours differ, in the order of a layout. */
  const smooth = (layout: 'NCHW' | 'NHWC', side: number) => {
    const level = (channel: number, y: number, x: number) =>
      [x / side, y / side, 1 - x / side][channel] as number;
    const area = side * side;
    return Float32Array.from({ length: 3 * area }, (_, i) =>
      layout === 'NCHW'
        ? level(Math.floor(i / area), Math.floor((i % area) / side), i % side)
        : level(i % 3, Math.floor(i / 3 / side), Math.floor(i / 3) % side),
    );
  };
  const constant = (pixels: Float32Array) =>
    modelOf([
      graph(
        input('z', FLOAT, ['N', 4]),
        output('images', ['N', pixels.length]),
        weight('kernel', [4, pixels.length], new Float32Array(4 * pixels.length)),
        weight('bias', [pixels.length], pixels),
        node('Gemm', ['z', 'kernel', 'bias'], ['images']),
      ),
    ]);
  test.each(['NCHW', 'NHWC'] as const)(
    'colours that lie as %s are found by the smoother picture',
    async (layout) => {
      const file = constant(smooth(layout, 16));
      const info = await loaded(file);
      expect(info.forms[info.form]).toEqual({ layout, height: 16, width: 16, channels: 3 });
      expect(info.channels).toBe(3);
      const other = info.forms.findIndex((form) => form.layout !== layout);
      expect(await loaded(file, { form: other })).toMatchObject({ form: other, channels: 3 });
      await expect(loaded(file, { form: 11 })).rejects.toThrow('There is no such way to read its pictures');
    },
  );

  test('no square: the rectangle with the smoother picture', async () => {
    const disc = (y: number, x: number) => Math.exp(-((y - 6) ** 2 + (x - 9) ** 2) / 20);
    const pixels = Float32Array.from({ length: 12 * 20 }, (_, i) => disc(Math.floor(i / 20), i % 20));
    const info = await loaded(constant(pixels));
    expect(info).toMatchObject({ height: 12, width: 20, channels: 1 });
    expect(info.forms.length).toBeGreaterThan(1);
  });
});

describe('ranges without strays', () => {
  /** Adds `by` to the last pixel. */
  const stray = (by: number, activation: string) => {
    const shift = new Float32Array(64);
    shift[63] = by;
    const after = [weight('shift', [1, 1, 8, 8], shift), node('Add', ['shaped', 'shift'], ['shifted'])];
    return generator({ activation, after, from: 'shifted' });
  };
  test.each([
    ['Tanh', -12, { low: -1, high: 1 }],
    ['Tanh', 300, { low: -1, high: 1 }],
    ['Sigmoid', 200, { low: 0, high: 1 }],
    ['Sigmoid', -9, { low: 0, high: 1 }],
  ])('%s with one pixel at %d', async (activation, by, expected) => {
    expect(await loaded(stray(by, activation))).toMatchObject(expected);
  });

  test('values that are no strays all count', async () => {
    const { low, high } = await loaded(generator({ activation: 'Identity', shape: [1, 16, 16] }));
    expect(high - low).toBeGreaterThan(2.55);
  });
});

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
test('latents may be drawn in any order and still be the same', async () => {
  const imported = await ImportedGenerator.load(generator());
  const [alone, beside] = await Promise.all([
    imported.sample({ latents: latentsOf(4, [0.4]) }),
    imported.sample({ latents: latentsOf(4, [0.1, 0.4]) }),
  ]);
  expect(beside.subarray(64)).toEqual(alone);
  await imported.dispose();
});
