import { type Sentence, say } from '../text/sentence';
import { isOf, parameterOf, type Recipe } from './models';
import type { CharRnnValues } from './models/charRnn';
import { isOwn, type OwnTextShape, ownShapeOf } from './ownData';

/** The settings of a recipe that decide whether a text is long enough to be learned. */
export type Reading = Pick<CharRnnValues, 'letterCase' | 'windowLength' | 'trainShare' | 'validationShare'>;

/** Settings under which a text can't be learned from. */
export interface Misfit {
  /** What stands in the way. */
  readonly problem: Sentence;
  /** Which setting to change, and to what; '' where none helps. */
  readonly advice: Sentence;
}

/** A hyperparameter of the model that is a number. */
function range(key: keyof CharRnnValues) {
  const parameter = parameterOf('char-rnn', key);
  if (parameter.kind !== 'number') throw new RangeError(`${key} is no number of the character RNN`);
  return parameter;
}

/** Where the parts of a text of so many characters end, each from the end of the one before. */
export function partsOf(characters: number, { trainShare, validationShare }: Reading) {
  const end = (percent: number) => Math.floor((characters * percent) / 100);
  return { training: end(trainShare), validation: end(trainShare + validationShare) };
}

const parts = [
  { name: 'training', share: 'trainShare' },
  { name: 'validation', share: 'validationShare' },
] as const;
type Part = (typeof parts)[number];

const tooShort = {
  training: 'The training part has {length} characters, too few for a window of {window}.',
  validation: 'The validation part has {length} characters, too few for a window of {window}.',
} as const;

function lengthOf({ name }: Part, characters: number, reading: Reading): number {
  const { training, validation } = partsOf(characters, reading);
  return name === 'training' ? training : validation - training;
}

/** The settings that would make room for a window in a part that has too little. */
function roomFor(part: Part, characters: number, reading: Reading): Sentence {
  const shortest = Math.min(...parts.map((each) => lengthOf(each, characters, reading)));
  const { label, max } = range(part.share);
  const wanted = Array.from({ length: max }, (_, i) => i + 1).find(
    (share) =>
      share > reading[part.share] &&
      lengthOf(part, characters, { ...reading, [part.share]: share }) > reading.windowLength,
  );
  const window = range('windowLength');
  const shorter = { label: window.label, most: shortest - 1 };
  if (wanted === undefined)
    return shortest > window.min ? say('Set {label} to {most} or less.', shorter) : 'Bring a longer text.';
  return shortest > window.min
    ? say('Set {label} to {most} or less, or {other} to {least} % or more.', {
        ...shorter,
        other: label,
        least: wanted,
      })
    : say('Set {label} to {least} % or more.', { label, least: wanted });
}

/** Why a text can't be learned from as it would be read, and which setting to change; `null` if it can. */
export function misfitOf({ characters, vocabulary }: OwnTextShape, reading: Reading): Misfit | null {
  if (vocabulary[reading.letterCase] < 2)
    return vocabulary['as-is'] < 2
      ? { problem: 'The text has one character alone, so there is nothing to predict.', advice: '' }
      : {
          problem: 'In lower case the text has one character alone, so there is nothing to predict.',
          advice: 'Set Letters to As it is.',
        };
  if (characters === undefined) return null;
  const part = parts.find((each) => lengthOf(each, characters, reading) <= reading.windowLength);
  if (!part) return null;
  return {
    problem: say(tooShort[part.name], {
      length: lengthOf(part, characters, reading),
      window: reading.windowLength,
    }),
    advice: roomFor(part, characters, reading),
  };
}

/** The same of a recipe, as far as its name tells what its text is like. */
export function misfitOfRecipe(recipe: Recipe): Misfit | null {
  if (!isOf('text', recipe) || !isOwn(recipe.dataset)) return null;
  const shape = ownShapeOf(recipe.dataset);
  return shape.kind === 'text' ? misfitOf(shape, recipe.values) : null;
}

/** Both sentences. */
export const reasonOf = ({ problem, advice }: Misfit): Sentence =>
  advice === '' ? problem : say('{first} {other}', { first: problem, other: advice });
