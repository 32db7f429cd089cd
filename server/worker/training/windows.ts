import type { CharRnnValues } from '@/lib/catalog/models/charRnn';
import { misfitOf, partsOf } from '@/lib/catalog/textFit';
import { DatasetError } from '@/server/datasets/dataset';
import { Epochs } from './epochs';

/** Characters as indices into the vocabulary. */
type Ids = Uint8Array | Int32Array;

/** How a text is read; `windowLength` counts the characters read, a window has one more, the last to be predicted. */
type Reading = Pick<
  CharRnnValues,
  'letterCase' | 'windowLength' | 'windowShift' | 'trainShare' | 'validationShare' | 'batchSize' | 'seed'
>;

/** @returns every character of `text` once, sorted, and the text as indices into these. */
function numbered(text: string): { vocabulary: string[]; ids: Ids } {
  const found = new Set<string>();
  let length = 0;
  for (const character of text) {
    found.add(character);
    length += 1;
  }
  const vocabulary = [...found].sort();
  const idOf = new Map(vocabulary.map((character, id) => [character, id]));
  const ids = new (vocabulary.length > 256 ? Int32Array : Uint8Array)(length);
  let at = 0;
  for (const character of text) ids[at++] = idOf.get(character) as number;
  return { vocabulary, ids };
}

/** The parts of a text that train and validate, in this order; the rest is left for a test. */
function split(ids: Ids, vocabulary: number, reading: Reading): { training: Ids; validation: Ids } {
  const { letterCase } = reading;
  // Of the other case nothing is known here, nor needed.
  const counts = { lower: vocabulary, 'as-is': letterCase === 'lower' ? 2 : vocabulary };
  const misfit = misfitOf({ kind: 'text', characters: ids.length, vocabulary: counts }, reading);
  if (misfit) throw new DatasetError(misfit.problem, misfit.advice);
  const { training, validation } = partsOf(ids.length, reading);
  return { training: ids.subarray(0, training), validation: ids.subarray(training, validation) };
}

/** Windows of a text, in the order of `Epochs` for training and in the text's order for validation. */
export class Windows extends Epochs {
  /** Every character of the text once, sorted; a character is a whole code point. */
  readonly vocabulary: readonly string[];
  /**
   * Windows in the validation part: each begins with the character that ends the one before, so every character but
   * the first is predicted once, except a rest that fills no window.
   */
  readonly validationCount: number;
  private readonly training: Ids;
  private readonly held: Ids;

  /** @throws DatasetError if the training or the validation part has no room for a window. */
  constructor(
    text: string,
    private readonly reading: Reading,
  ) {
    const { letterCase, windowLength, windowShift, batchSize, seed } = reading;
    const { vocabulary, ids } = numbered(letterCase === 'lower' ? text.toLowerCase() : text);
    const { training, validation } = split(ids, vocabulary.length, reading);
    super(Math.floor((training.length - windowLength - 1) / windowShift) + 1, batchSize, seed);
    this.vocabulary = vocabulary;
    this.validationCount = Math.floor((validation.length - 1) / windowLength);
    this.training = training;
    this.held = validation;
  }

  /** At most `count` characters of the validation part, from the first beginning of a line on if one comes soon. */
  excerpt(count: number): string {
    const lineEnd = this.vocabulary.indexOf('\n');
    const soon = Math.min(count, this.held.length) >> 1;
    let from = this.held.subarray(0, soon).indexOf(lineEnd) + 1;
    while (from > 0 && this.held[from] === lineEnd) from += 1;
    const ids = this.held.subarray(from, from + count);
    return Array.from(ids, (id) => this.vocabulary[id]).join('');
  }

  /** The windows of `steps` steps from `firstStep` on, int32 [steps, batch, windowLength + 1]. */
  stack(firstStep: number, steps: number): Int32Array {
    const { windowLength, windowShift } = this.reading;
    const size = windowLength + 1;
    const examples = this.examples(firstStep, steps);
    const stacked = new Int32Array(examples.length * size);
    examples.forEach((example, row) => {
      const from = example * windowShift;
      stacked.set(this.training.subarray(from, from + size), row * size);
    });
    return stacked;
  }

  /**
   * Validation windows from window `first` on, int32 [rows, windowLength + 1]; rows beyond the last window are zeros.
   */
  validation(first: number, rows: number): Int32Array {
    const { windowLength } = this.reading;
    const size = windowLength + 1;
    const stacked = new Int32Array(rows * size);
    const count = Math.min(rows, this.validationCount - first);
    for (let row = 0; row < count; row++) {
      const from = (first + row) * windowLength;
      stacked.set(this.held.subarray(from, from + size), row * size);
    }
    return stacked;
  }
}
