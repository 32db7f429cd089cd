import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultValues } from '@/lib/catalog/models';
import { charRnnValues } from '@/lib/catalog/models/charRnn';
import { DatasetError } from '@/server/datasets/dataset';
import { Windows } from '@/server/worker/training/windows';

const notebook = charRnnValues.parse(defaultValues('char-rnn'));
const alphabet = 'abcdefghijklmnopqrstuvwxyz';

/** Windows of a text, with the notebook's values except some. */
const windowsOf = (text: string, changes: Partial<typeof notebook>) =>
  new Windows(text, { ...notebook, ...changes });

/** The characters of int32 [rows, size]. */
function readable(windows: Windows, ids: Int32Array, size: number): string[] {
  const characters = Array.from(ids, (id) => windows.vocabulary[id]);
  return Array.from({ length: ids.length / size }, (_, row) =>
    characters.slice(row * size, (row + 1) * size).join(''),
  );
}

test('the vocabulary is every character once, sorted; letters can be made small first', () => {
  const text = 'Be, or not be! '.repeat(200);
  expect(windowsOf(text, { letterCase: 'as-is' }).vocabulary.join('')).toBe(' !,Bbenort');
  expect(windowsOf(text, { letterCase: 'lower' }).vocabulary.join('')).toBe(' !,benort');
});

test('an epoch takes each window of the training part once, in an order of its own', () => {
  const text = alphabet + alphabet.toUpperCase();
  const windows = windowsOf(text, {
    letterCase: 'as-is',
    windowLength: 5,
    windowShift: 3,
    trainShare: 50,
    validationShare: 25,
    batchSize: 2,
  });
  expect(windows.stepsPerEpoch).toBe(3.5);
  const epochs = [1, 8].map((step) => readable(windows, windows.stack(step, 7), 6));
  for (const rows of epochs)
    expect([...new Set(rows)].sort()).toEqual([
      'abcdef',
      'defghi',
      'ghijkl',
      'jklmno',
      'mnopqr',
      'pqrstu',
      'stuvwx',
    ]);
  expect(epochs[0]).not.toEqual(epochs[1]);
  expect([1, 4, 7].map((step) => windows.endsEpoch(step))).toEqual([false, true, true]);
});

test('what a step sees depends on its number alone, however the steps are grouped', () => {
  const text = alphabet.repeat(20);
  fc.assert(
    fc.property(
      fc.integer({ min: 5, max: 12 }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 9 }),
      fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 12 }),
      (windowLength, windowShift, batchSize, groups) => {
        const make = () => windowsOf(text, { windowLength, windowShift, batchSize });
        const grouped = make();
        let step = 1;
        const parts = groups.flatMap((steps) => {
          const part = [...grouped.stack(step, steps)];
          step += steps;
          return part;
        });
        expect(parts).toEqual([...make().stack(1, step - 1)]);
      },
    ),
    { seed: 5, numRuns: 100 },
  );
});

test('validation reads on where training ends, and predicts each character once', () => {
  const windows = windowsOf(alphabet, { windowLength: 5, trainShare: 25, validationShare: 50 });
  // 26 characters: 6 train, the next 13 validate, and the last 7 are kept.
  expect(readable(windows, windows.stack(1, 1), 6)[0]).toBe('abcdef');
  expect(windows.validationCount).toBe(2);
  const [first, second, beyond] = readable(windows, windows.validation(0, 3), 6);
  expect([first, second]).toEqual(['ghijkl', 'lmnopq']);
  expect(beyond).toBe('aaaaaa');
  expect(readable(windows, windows.validation(1, 1), 6)).toEqual(['lmnopq']);
});

test("the notebook's split of tiny Shakespeare: 31,367 steps an epoch, 557 validation windows", () => {
  const windows = windowsOf('ab'.repeat(1_115_394 / 2), {});
  expect(windows.stepsPerEpoch).toBe((1_003_854 - 100) / 32);
  expect(windows.validationCount).toBe(557);
});

test('more than 256 characters, and characters of two code units, stay whole', () => {
  const symbols = Array.from({ length: 300 }, (_, i) => String.fromCodePoint(0x1f300 + i));
  const windows = windowsOf(symbols.join(''), { windowLength: 6, trainShare: 90, validationShare: 10 });
  expect(windows.vocabulary).toEqual(symbols);
  expect(readable(windows, windows.validation(0, 1), 7)).toEqual([symbols.slice(270, 277).join('')]);
});

test('a part without room for one window is named', () => {
  const short = () => windowsOf(alphabet.repeat(10), { windowLength: 100 });
  expect(short).toThrow(DatasetError);
  expect(short).toThrow(/^The validation part has 13 characters, too few for a window of 100/);
  expect(() => windowsOf('ab', {})).toThrow('The training part has 1 characters');
  expect(() => windowsOf('ab'.repeat(1000), { windowLength: 100 })).toThrow('validation part');
  expect(windowsOf('ab'.repeat(1010), { windowLength: 100 }).validationCount).toBe(1);
});
