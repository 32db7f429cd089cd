import { expect, test } from 'vitest';
import { costOf } from '@/lib/catalog/cost';
import { dataShapeOf } from '@/lib/catalog/cost/data';
import {
  defaultDatasetFor,
  defaultValues,
  type ModelId,
  type Recipe,
  recipeSchema,
} from '@/lib/catalog/models';
import { Graphs } from '@/server/engine/graphs';
import { sizeOf } from '@/server/engine/ir/tensors';
import type { ProgramDefinition } from '@/server/engine/program';
import { programOf } from '@/server/models';
import { charRnn } from '@/server/models/charRnn';
import { flopsOf } from '../support/flops';

const image = { height: 28, width: 28, channels: 1 };

/** Recipes whose networks differ from the notebook's in what the estimates depend on. */
const cases: readonly (readonly [ModelId, Record<string, unknown>])[] = [
  ['autoencoder', {}],
  ['autoencoder', { hiddenUnits: [], codingSize: 7 }],
  ['autoencoder', { hiddenUnits: [60, 40, 20], optimizer: 'adam' }],
  ['char-rnn', {}],
  ['char-rnn', { cell: 'lstm', hiddenUnits: [32, 16, 8], dropout: 0 }],
  ['gan', {}],
  ['gan', { generatorUnits: [], discriminatorUnits: [50], discriminatorSteps: 2, generatorSteps: 3 }],
  ['dcgan', {}],
  ['dcgan', { kernelSize: 4, generatorFilters: [24, 12], batchSize: 5 }],
  ['stylegan', {}],
  ['stylegan', { synthesisFilters: [16, 16, 8, 8], discriminatorFilters: [8], mappingDepth: 2 }],
];

function recipeOf(model: ModelId, changes: Record<string, unknown>): Recipe {
  const values = { ...defaultValues(model), ...changes };
  return recipeSchema.parse({ model, dataset: defaultDatasetFor(model), values });
}

function definitionOf(recipe: Recipe): ProgramDefinition {
  const data = dataShapeOf(recipe);
  if (recipe.model !== 'char-rnn') return programOf(recipe, image).definition;
  return charRnn(recipe.values, 'vocabulary' in data ? data.vocabulary : 0).definition;
}

test.each(cases)('%s with %j: FLOPs agree with the traced step within 1 %%', async (model, changes) => {
  const recipe = recipeOf(model, changes);
  const traced = flopsOf(await new Graphs(definitionOf(recipe)).step('train'));
  const { flopsPerStep } = costOf(recipe);
  expect(Math.abs(flopsPerStep / traced - 1), `${flopsPerStep} against ${traced}`).toBeLessThan(0.01);
});

/** With plain gradient descent the state is the parameters and the running averages. */
const sgd = { optimizer: 'sgd' };
const bothSgd = { generatorOptimizer: 'sgd', discriminatorOptimizer: 'sgd' };
const states: readonly (readonly [ModelId, Record<string, unknown>, number])[] = [
  ['autoencoder', { ...sgd, hiddenUnits: [60, 40] }, 0],
  ['char-rnn', sgd, 0],
  ['char-rnn', { ...sgd, cell: 'lstm', hiddenUnits: [30, 20, 10] }, 0],
  ['gan', bothSgd, 0],
  // Mean and variance of each channel that is batch normalised.
  ['dcgan', bothSgd, 2 * (128 + 64)],
  ['dcgan', { ...bothSgd, generatorFilters: [24, 12], kernelSize: 3 }, 2 * (24 + 12)],
  // The mean style.
  ['stylegan', bothSgd, 64],
  ['stylegan', { ...bothSgd, synthesisFilters: [16, 8], mappingDepth: 1, styleSize: 10 }, 10],
];

test.each(states)('%s with %j: parameters are exact', (model, changes, averages) => {
  const recipe = recipeOf(model, changes);
  const specs = Object.values(definitionOf(recipe).state);
  const numbers = specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  expect(costOf(recipe).parameters).toBe(numbers - averages);
});
