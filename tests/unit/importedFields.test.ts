import { describe, expect, test } from 'vitest';
import { limits } from '@/lib/protocol/limits';
import { inspect } from '@/server/engine/onnx/inspect';
import { byteOf, loaded, opened } from '../support/importedModels';
import {
  BOOL,
  cast,
  emptyWeight,
  FLOAT,
  generator,
  INT32,
  INT64,
  input,
  int64s,
  node,
  type Part,
  weight,
  whole,
} from '../support/onnxModels';

/** The first pixel of a picture to whose numbers `shift` was added, and what there was to choose. */
async function drawn(extra: readonly Part[], fields?: readonly number[], given = {}) {
  const [info, pixels] = await opened(generator({ extra, added: 'shift', ...given }), [0.1], fields);
  return { info, first: pixels[0] };
}
const shifted = (by: number) => byteOf(Math.tanh(0.1 + by));
const CLASSES = 5;
/** What class k adds. */
const table = Float32Array.from({ length: CLASSES }, (_, k) => k / 10);
const classField = (name: string, most = CLASSES - 1) => ({
  key: name,
  name,
  kind: 'class',
  least: 0,
  most,
  initial: 0,
});

describe('classes by their numbers', () => {
  const byNumber = (type: number, shape: (string | number)[], ...nodes: Part[]) => [
    input('label', type, shape),
    weight('table', [CLASSES, 1], table),
    int64s('column', -1, 1),
    int64s('row', -1),
    ...nodes,
  ];
  const gather = (from: string, to: string, data = 'table') => node('Gather', [data, from], [to]);
  test.each([
    ['one a row', byNumber(INT64, ['N'], gather('label', 'shift'))],
    ['of 32 bits', byNumber(INT32, ['N'], gather('label', 'shift'))],
    [
      'in a column',
      byNumber(INT64, ['N', 1], node('Reshape', ['label', 'row'], ['listed']), gather('listed', 'shift')),
    ],
    [
      'one for all',
      byNumber(INT64, [], node('Reshape', ['label', 'row'], ['listed']), gather('listed', 'shift')),
    ],
    ['one for all in a list', byNumber(INT64, [1], gather('label', 'shift'))],
    [
      'counted by trying, where the table is made by a computation',
      byNumber(INT64, ['N'], node('Identity', ['table'], ['made']), gather('label', 'shift', 'made')),
    ],
  ])('%s', async (_, extra) => {
    const { info, first } = await drawn(extra, [3]);
    expect(info).toMatchObject({ latentSize: 4, fields: [classField('label')] });
    expect(first).toBe(shifted(0.3));
    expect((await drawn(extra)).first).toBe(shifted(0));
    // What doesn't fit is as if nobody had chosen.
    for (const wrong of [CLASSES, -1, 1.5, Number.NaN])
      expect((await drawn(extra, [wrong])).first).toBe(shifted(0));
  });
});

describe('classes of which one is 1', () => {
  test.each([
    ['floats', FLOAT, ['N', CLASSES]],
    ['floats, as convolutions take them', FLOAT, ['N', CLASSES, 1, 1]],
    ['whole numbers', INT64, ['N', CLASSES]],
    ['truths', BOOL, ['N', CLASSES]],
    ['floats of an open number', FLOAT, ['N', 'classes']],
  ])('as %s', async (_, type, shape) => {
    const extra = [
      input('label', type, shape),
      weight('table', [CLASSES, 1], table),
      int64s('squeezed', -1, CLASSES),
      cast('label', 'numbers', FLOAT),
      node('Reshape', ['numbers', 'squeezed'], ['onehot']),
      node('MatMul', ['onehot', 'table'], ['shift']),
    ];
    const { info, first } = await drawn(extra, [4]);
    expect(info).toMatchObject({ latentSize: 4, fields: [classField('label')] });
    expect(first).toBe(shifted(0.4));
  });

  const unnamed = (size: number) => [
    input('input_2', FLOAT, ['N', size]),
    weight('table', [size, 1], new Float32Array(size).fill(0.1, 1, 2)),
    node('MatMul', ['input_2', 'table'], ['shift']),
  ];
  test('of two inputs without a telling name the shorter one tells the class', async () => {
    const { info, first } = await drawn(unnamed(3), [1], { name: 'input_1' });
    expect(info).toMatchObject({ latentSize: 4, fields: [classField('input_2', 2)] });
    expect(first).toBe(shifted(0.1));
  });
  test('what is longer is no class', async () => {
    const extra = [
      input('label', FLOAT, ['N', limits.generatorClasses + 1]),
      weight('table', [limits.generatorClasses + 1, 1], new Float32Array(limits.generatorClasses + 1)),
      node('MatMul', ['label', 'table'], ['shift']),
    ];
    await expect(loaded(generator({ extra, added: 'shift' }))).rejects.toThrow(
      /^It also asks for label: float32\[N, 1001\]/,
    );
  });
  test('any number works: it is chosen by its number', async () => {
    const extra = [
      input('label', INT64, ['N', 1]),
      weight('scale', [], Float32Array.of(1000)),
      cast('label', 'number', FLOAT),
      node('Div', ['number', 'scale'], ['shift']),
    ];
    const { info, first } = await drawn(extra, [250]);
    expect(info.fields).toEqual([{ ...classField('label', limits.generatorClasses - 1), kind: 'whole' }]);
    expect(first).toBe(shifted(0.25));
  });
});

describe('numbers and switches', () => {
  const number = (name: string, shape: (string | number)[], ...parts: Part[]) => [
    input(name, FLOAT, shape),
    ...parts,
    int64s('column', -1, 1),
    node('Reshape', [name, 'column'], ['shift']),
  ];
  test.each([[[]], [[1]], [['N']], [['N', 1]], [[1, 1]]])('a truncation of shape %j', async (shape) => {
    const { info, first } = await drawn(number('truncation', shape), [0.25]);
    expect(info.fields).toEqual([
      { key: 'truncation', name: 'truncation', kind: 'number', least: 0, most: 1, initial: 1 },
    ]);
    expect(first).toBe(shifted(0.25));
    expect((await drawn(number('truncation', shape))).first).toBe(shifted(1));
  });

  test('the default that the file has', async () => {
    const extra = number('psi', [], weight('psi', [], Float32Array.of(0.7)));
    const { info, first } = await drawn(extra);
    expect(info.fields).toMatchObject([{ key: 'psi', initial: expect.closeTo(0.7), most: 1 }]);
    expect(first).toBe(shifted(0.7));
    expect((await drawn(extra, [0.2])).first).toBe(shifted(0.2));
  });

  test('before the fourth version of the format all weights are inputs too: they are no choices', () => {
    const extra = number('psi', [], weight('psi', [], Float32Array.of(0.7)));
    expect(inspect(generator({ extra, added: 'shift', version: 3 })).fields).toEqual([]);
  });

  test('a strength beyond 1', async () => {
    const fields = (await drawn(number('scale', [], weight('scale', [], Float32Array.of(-3))))).info.fields;
    expect(fields).toMatchObject([{ least: -6, most: 2, initial: -3 }]);
  });
});

describe('switches and whole numbers', () => {
  const training = (...parts: Part[]) => [
    input('training', BOOL, []),
    ...parts,
    int64s('column', -1, 1),
    cast('training', 'number', FLOAT),
    node('Reshape', ['number', 'column'], ['shift']),
  ];
  test('a switch is off, or as the file has it', async () => {
    const off = await drawn(training());
    expect(off.info.fields).toEqual([
      { key: 'training', name: 'training', kind: 'switch', least: 0, most: 1, initial: 0 },
    ]);
    expect(off.first).toBe(shifted(0));
    expect((await drawn(training(), [1])).first).toBe(shifted(1));
    expect((await drawn(training(weight('training', [], Uint8Array.of(1))))).first).toBe(shifted(1));
  });

  test('a seed is a whole number', async () => {
    const extra = [
      input('seed', INT64, []),
      weight('scale', [], Float32Array.of(1000)),
      int64s('column', -1, 1),
      cast('seed', 'number', FLOAT),
      node('Div', ['number', 'scale'], ['share']),
      node('Reshape', ['share', 'column'], ['shift']),
    ];
    const { info, first } = await drawn(extra, [42]);
    expect(info.fields).toMatchObject([{ key: 'seed', kind: 'whole', least: 0, most: 9999, initial: 0 }]);
    expect(first).toBe(shifted(0.042));
  });
});

describe('many inputs', () => {
  test('several at once, with keys of their own', async () => {
    const extra = [
      ...['a b', 'a_b', 'ü'].map((name) => input(name, FLOAT, ['N', 1])),
      node('Add', ['a b', 'a_b'], ['two']),
      node('Sub', ['two', 'ü'], ['shift']),
    ];
    const { info, first } = await drawn(extra, [0.4, 0.2, 0.3]);
    expect(info.fields.map(({ key, name }) => [key, name])).toEqual([
      ['a_b', 'a b'],
      ['a_b.1', 'a_b'],
      ['_', 'ü'],
    ]);
    expect(first).toBe(shifted(0.3));
  });

  test('more than can be shown are refused', async () => {
    const names = Array.from({ length: limits.generatorFields + 1 }, (_, i) => `share${i}`);
    const extra = names.map((name) => input(name, FLOAT, []));
    await expect(loaded(generator({ extra }))).rejects.toThrow(/^It asks for 17 further numbers/);
  });

  test('a list that the file gives itself is its own affair', async () => {
    const extra = [
      input('table', FLOAT, [3]),
      weight('table', [3], Float32Array.of(1, 2, 3)),
      weight('shift', [1, 1], Float32Array.of(0.5)),
    ];
    expect((await drawn(extra)).info.fields).toEqual([]);
  });
});

// Only named, so that a file may be made that has no data of its own.
test('a weight without data is refused like any that can not be loaded', async () => {
  const extra = [
    emptyWeight('nothing', [2]),
    node('Identity', ['nothing'], ['copy'], { attributes: [whole('x', 1)] }),
  ];
  await expect(loaded(generator({ extra }))).rejects.toThrow('ONNX Runtime can not load it');
});
