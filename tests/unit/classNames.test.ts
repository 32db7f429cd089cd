import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classLabels } from '@/app/_features/explore/classLabels';
import { inEnglish } from '@/app/_ui/language';
import type { GeneratorField } from '@/lib/protocol/generator';
import { limits } from '@/lib/protocol/limits';
import { cutText } from '@/lib/text/cut';
import { cleanName } from '@/lib/text/names';
import { classNames } from '@/server/engine/onnx/classNames';
import { loaded } from '../support/importedModels';
import {
  cast,
  described,
  FLOAT,
  generator,
  INT64,
  input,
  int64s,
  node,
  type Part,
  weight,
} from '../support/onnxModels';

const read = (value: string, key = 'names') => classNames({ metadataProps: [{ key, value }] });
const animals = ['cat', 'dog', 'bird'];

describe('what exporters write', () => {
  test.each([
    ["Ultralytics' Python dictionary", 'names', "{0: 'cat', 1: 'dog', 2: 'bird'}"],
    ["YOLOv5's Python list", 'names', "['cat', 'dog', 'bird']"],
    ['a dictionary as JSON', 'class_names', '{"0": "cat", "1": "dog", "2": "bird"}'],
    ['in another order', 'names', "{2: 'bird', 0: 'cat', 1: 'dog'}"],
    ['a list as JSON', 'classes', '["cat", "dog", "bird"]'],
    ["Transformers' id2label", 'id2label', '{"0":"cat","1":"dog","2":"bird"}'],
    ["torchvision's class_to_idx", 'class_to_idx', "{'cat': 0, 'dog': 1, 'bird': 2}"],
    ['a tuple with a last comma', 'Class-Labels', "('cat', 'dog', 'bird',)"],
    ['lines', 'labels', 'cat\ndog\r\nbird\n'],
    ['commas', 'labels', 'cat, dog,bird'],
    ['numbered lines', 'labels', '0: cat\n1: dog\n2: bird'],
    ['numbered, between semicolons', 'class_labels', '0:cat;2:bird;1:dog'],
  ])('%s', (_, key, value) => {
    expect(read(value, key)).toEqual(animals);
  });

  test('names are as their authors wrote them, whatever stands in them', () => {
    expect(read(String.raw`{0: 'tench, Tinca tinca', 1: "lion's \"mane\"", 2: 'it\'s'}`)).toEqual([
      'tench, Tinca tinca',
      'lion\'s "mane"',
      "it's",
    ]);
    expect(read(String.raw`["caf\u00e9", 'na\xefve', '\U0001F600', "\ud83d\ude00"]`)).toEqual([
      'café',
      'naïve',
      '😀',
      '😀',
    ]);
    expect(read("{0: '고양이', 1: '개', 2: 'None: (1: 2)'}")).toEqual(['고양이', '개', 'None: (1: 2)']);
    expect(read('[0, 1, 2]')).toEqual(['0', '1', '2']);
  });

  test('classes between others may have no name', () => {
    expect(read("{1: 'dog', 3: 'bird'}")).toEqual(['', 'dog', '', 'bird']);
    expect(read('["cat", null, "bird"]')).toEqual(['cat', '', 'bird']);
  });

  test('the first entry that names classes counts, others say other things', () => {
    const metadataProps = [
      { key: 'description', value: "['a', 'b']" },
      { key: 'classes', value: '80' },
      { key: 'names', value: "['cat', 'dog']" },
      { key: 'labels', value: '["x", "y"]' },
    ];
    expect(classNames({ metadataProps })).toEqual(['cat', 'dog']);
  });

  test.each([
    ['nothing', ''],
    ['a number', '10'],
    ['one name', "['cat']"],
    ['names of nothing', "['', ' ']"],
    ['a broken list', "['cat', 'dog'"],
    ['a text without an end', "['cat', 'dog]"],
    ['broken JSON', '{"0": "cat", "1"}'],
    ['lists within', '[["cat"], ["dog"]]'],
    ['things with names', '[{"id": 0, "name": "cat"}, {"id": 1, "name": "dog"}]'],
    ['a program', '[open("x"), exit()]'],
    ['a negative number', "{-1: 'cat', 0: 'dog'}"],
    ['a fraction', '{"0.5": "cat", "1": "dog"}'],
    ['a number beyond all classes', `{0: 'cat', ${limits.generatorClasses}: 'dog'}`],
    ['names of names', "{'a': 'cat', 'b': 'dog'}"],
    ['a prototype', '{"__proto__": "cat", "1": "dog"}'],
    ['more than all names may have', `['cat', '${'x'.repeat(200_000)}']`],
  ])('%s names no classes', (_, value) => {
    expect(read(value)).toEqual([]);
  });
});

/** As Python's `repr` writes a text. */
const python = (text: string) => {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return (
    quote +
    text.replace(/[\\\n]|'/g, (c) => (c === '\n' ? '\\n' : c === quote || c === '\\' ? `\\${c}` : c)) +
    quote
  );
};

test('any names are read alike from every literal', () => {
  const names = fc.array(fc.string({ unit: 'grapheme', maxLength: 120 }), { minLength: 2, maxLength: 12 });
  fc.assert(
    fc.property(names, (given) => {
      const kept = given.map((name) => cutText(cleanName(name), limits.generatorClassName));
      fc.pre(kept.filter((name) => name).length > 1);
      const entries = given.map((name, i) => [i, name] as const);
      for (const value of [
        JSON.stringify(given),
        JSON.stringify(Object.fromEntries(entries)),
        `[${given.map(python).join(', ')}]`,
        `{${entries.map(([i, name]) => `${i}: ${python(name)}`).join(', ')}}`,
      ])
        expect(read(value)).toEqual(kept);
    }),
    { seed: 20261130 },
  );
});

test('whatever an entry says, names can be shown, and are soon there', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc
      .array(fc.constantFrom(...'\'"\\[](){}:,0123 \n\tNone\u202e\u0000\ud800a'), { maxLength: 400 })
      .map((all) => all.join('')),
  );
  fc.assert(
    fc.property(hostile, (value) => {
      for (const name of read(value)) {
        expect(name.length).toBeLessThanOrEqual(limits.generatorClassName);
        expect(name).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e]/u);
        expect(name).toBe(name.normalize('NFC').trim());
      }
    }),
    { seed: 20261130 },
  );
  for (const piece of ["'", "\\'", '"', '(', ' ', ',', '1', '1 ', ', ', '0:', '{0:'])
    expect(read(`[${piece.repeat(150_000 / piece.length)}`)).toEqual([]);
});

describe('in a file', () => {
  /** A generator of `classes` classes: their table may be found, or not. */
  const conditional = (classes: number, ...nodes: Part[]) =>
    generator({
      extra: [
        input('label', INT64, ['N']),
        weight('table', [classes, 1], new Float32Array(classes)),
        ...(nodes.length > 0 ? nodes : [node('Gather', ['table', 'label'], ['shift'])]),
      ],
      added: 'shift',
    });
  const names = (count: number) => Array.from({ length: count }, (_, i) => `kind ${i}`);
  const fieldOf = async (model: Uint8Array, given: readonly string[]) => {
    const { fields } = await loaded(described(model, { names: JSON.stringify(given) }));
    return fields[0];
  };

  test('its classes have their names', async () => {
    expect(await fieldOf(conditional(5), names(5))).toMatchObject({
      kind: 'class',
      most: 4,
      classNames: names(5),
    });
  });

  test('a further class stands for none of them', async () => {
    expect(await fieldOf(conditional(5), names(4))).toMatchObject({ most: 4, classNames: names(4) });
  });

  test.each([2, 3, 6])('of 5 classes, %i names are those of something else', async (count) => {
    expect((await fieldOf(conditional(5), names(count)))?.classNames).toBeUndefined();
  });

  test('where any number works there are as many classes as names', async () => {
    const nodes = [
      weight('scale', [], Float32Array.of(1000)),
      int64s('column', -1, 1),
      cast('label', 'number', FLOAT),
      node('Div', ['number', 'scale'], ['share']),
      node('Reshape', ['share', 'column'], ['shift']),
    ];
    expect(await fieldOf(conditional(5, ...nodes), names(10))).toMatchObject({
      kind: 'class',
      most: 9,
      classNames: names(10),
    });
    expect(await fieldOf(conditional(5, ...nodes), [])).toMatchObject({ kind: 'whole' });
  });
});

test('a chooser has names where there are some, numbers where not, and both where names are alike', () => {
  const field = (classNames?: string[]): GeneratorField => ({
    ...{ key: 'label', name: 'label', kind: 'class', least: 0, most: 3, initial: 0 },
    ...(classNames && { classNames }),
  });
  expect(classLabels(field(), inEnglish)).toEqual(['Class 0', 'Class 1', 'Class 2', 'Class 3']);
  expect(classLabels(field(['crane', '', 'crane']), inEnglish)).toEqual([
    'crane (0)',
    'Class 1',
    'crane (2)',
    'Class 3',
  ]);
  const [long = ''] = classLabels(field(['x'.repeat(80), 'y']), inEnglish);
  expect(long).toHaveLength(40);
  expect(long).toContain('…');
});
