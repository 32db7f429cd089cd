import fc from 'fast-check';
import { expect } from 'vitest';
import { isOf, type ModelId, modelOf, type Recipe } from '@/lib/catalog/models';
import { ownIdOf } from '@/lib/catalog/ownData';
import type { Parameter, ParameterValue } from '@/lib/catalog/parameters';
import { limits } from '@/lib/protocol/limits';
import { RandomStream } from '@/lib/random';
import type { ImageSet } from '@/server/datasets/dataset';
import { packImages } from '@/server/datasets/own/content';
import { readText } from '@/server/datasets/own/text';
import { adversarialTask } from '@/server/worker/training/tasks/adversarial';
import { autoencoderTask } from '@/server/worker/training/tasks/autoencoder';
import { textTask } from '@/server/worker/training/tasks/text';
import { recipeWith } from './codeCases';

/** A recipe on data that somebody may have brought, small enough to be trained by plain JavaScript. */
export interface ProgramCase {
  readonly recipe: Recipe;
  /** As the server hands it to programs. */
  readonly file: Uint8Array;
  /** Steps that the product takes with it. */
  readonly steps: number;
}

const hash = 'd1'.repeat(32);

/** What isn't drawn from a parameter's whole range, since it takes long. */
const brief: Readonly<Record<string, fc.Arbitrary<ParameterValue>>> = {
  batchSize: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.constant(32)),
  epochs: fc.integer({ min: 1, max: 3 }),
  generatorSteps: fc.integer({ min: 1, max: 2 }),
  discriminatorSteps: fc.integer({ min: 1, max: 3 }),
  codingSize: fc.integer({ min: 2, max: 20 }),
  styleSize: fc.integer({ min: 2, max: 20 }),
  windowLength: fc.integer({ min: 5, max: 24 }),
  windowShift: fc.integer({ min: 80, max: 400 }),
};
/** Convolutions take long in plain JavaScript. */
const briefest: typeof brief = {
  ...brief,
  batchSize: fc.constantFrom(1, 5, 12, 32),
  epochs: fc.constant(1),
  discriminatorSteps: fc.integer({ min: 1, max: 2 }),
};
export const isConvolved = (model: ModelId) => model === 'dcgan' || model === 'stylegan';

function numberOf({ min, max, integer }: Extract<Parameter, { kind: 'number' }>) {
  if (integer) return fc.integer({ min, max });
  // Whole numbers at the ends of a range are written like any other.
  return fc.oneof(
    fc.constantFrom(min, max),
    fc
      .double({ min, max, noNaN: true })
      .map((value) => Math.min(max, Math.max(min, Number(value.toPrecision(3))))),
  );
}

function drawn(parameter: Parameter): fc.Arbitrary<ParameterValue> {
  const { key } = parameter;
  switch (parameter.kind) {
    case 'number':
      return /learningRate$/i.test(key) ? fc.constantFrom(0.00001, 0.001, 0.01) : numberOf(parameter);
    case 'choice':
      return fc.constantFrom(...parameter.options.map(({ value }) => value));
    case 'layers':
      return fc.array(fc.integer({ min: parameter.min, max: parameter.min + 4 }), {
        minLength: parameter.minLayers,
        maxLength: parameter.maxLayers,
      });
  }
}

function valuesOf(model: ModelId): fc.Arbitrary<Record<string, ParameterValue>> {
  const kept = isConvolved(model) ? briefest : brief;
  const entries = modelOf(model).parameters.map(
    (parameter) => [parameter.key, kept[parameter.key] ?? drawn(parameter)] as const,
  );
  return fc.record(Object.fromEntries(entries)).map((values) =>
    // Plain gradient descent takes large steps, but a heavy KL term is steep.
    values.optimizer === 'sgd' ? { ...values, learningRate: 'klWeight' in values ? 0.001 : 1 } : values,
  );
}

const imagesOf = (most: number): fc.Arbitrary<ImageSet> =>
  fc
    .record({
      count: fc.oneof(fc.integer({ min: limits.ownImages[0], max: most }), fc.constant(12)),
      side: fc.constantFrom(28, 32),
      channels: fc.constantFrom(1, 3),
      seed: fc.nat(),
    })
    .map(({ count, side, channels, seed }) => {
      const random = new RandomStream(seed, 'images');
      const images = Uint8Array.from({ length: count * side * side * channels }, () => random.below(256));
      const labels = new Uint8Array(count);
      return { kind: 'images', count, height: side, width: side, channels, images, labels, classes: ['all'] };
    });

/** Texts of any characters, some without a line break, some of two characters alone. */
const textArbitrary: fc.Arbitrary<string> = fc
  .record({
    characters: fc.uniqueArray(fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), {
      minLength: 2,
      maxLength: 40,
    }),
    isLined: fc.boolean(),
    length: fc.integer({ min: limits.ownTextCharacters, max: 2 * limits.ownTextCharacters }),
    seed: fc.nat(),
  })
  .map(({ characters, isLined, length, seed }) => {
    const random = new RandomStream(seed, 'text');
    const known = [...characters.filter((each) => !'\0\r\uFEFF'.includes(each)), 'a', isLined ? '\n' : 'b'];
    return Array.from({ length }, () => known[random.below(known.length)]).join('');
  });

type ImageModel = Exclude<ModelId, 'char-rnn'>;

function imageCase(model: ImageModel): fc.Arbitrary<ProgramCase> {
  return fc.tuple(imagesOf(isConvolved(model) ? 24 : 100), valuesOf(model)).map(([set, values]) => {
    const shape = [set.height, set.width, set.channels] as const;
    const recipe = recipeWith(model, ownIdOf({ kind: 'images', shape }, hash), values);
    if (isOf('text', recipe)) throw new RangeError('A model of images expected');
    const task = isOf('adversarial', recipe) ? adversarialTask(recipe, set) : autoencoderTask(recipe, set);
    return { recipe, file: packImages(set), steps: task.course.stepsFor(recipe.values.epochs) };
  });
}

const textCase: fc.Arbitrary<ProgramCase> = fc
  .tuple(textArbitrary, valuesOf('char-rnn'))
  .map(([written, values]) => {
    const { text, vocabulary } = readText(
      { files: [{ name: 'generated', bytes: new TextEncoder().encode(written) }], others: [] },
      'generated',
    );
    const recipe = recipeWith('char-rnn', ownIdOf({ kind: 'text', vocabulary }, hash), values);
    if (recipe.model !== 'char-rnn') throw new RangeError('A model of texts expected');
    const { course } = textTask(recipe, { kind: 'text', text });
    return { recipe, file: new TextEncoder().encode(text), steps: course.stepsFor(recipe.values.epochs) };
  });

export const programCases = (model: ModelId): fc.Arbitrary<ProgramCase> =>
  model === 'char-rnn' ? textCase : imageCase(model);

/** That a program took all steps, by how often its optimizers moved weights, and told finite losses to the last one. */
export function expectTrained(
  { recipe: { values }, steps }: ProgramCase,
  { updates, said }: { readonly updates: number; readonly said: readonly string[] },
): void {
  const isPair = 'generatorSteps' in values;
  expect(updates).toBe(steps * (isPair ? values.generatorSteps + values.discriminatorSteps : 1));
  const reports = said.filter((line) => / loss /.test(line));
  expect(reports.at(-1)).toContain(`step ${steps}:`);
  for (const report of reports)
    for (const [, figure] of report.matchAll(/(?:loss|accuracy) ([^,\s]+)/g))
      expect(Number.isFinite(Number(figure)), report).toBe(true);
}
