import { describe, expect, test } from 'vitest';
import { networksOf } from '@/lib/catalog/architectures';
import type { Block } from '@/lib/catalog/blocks';
import { costOf } from '@/lib/catalog/cost';
import { dataShapeOf } from '@/lib/catalog/cost/data';
import {
  defaultDatasetFor,
  defaultValues,
  type ModelId,
  modelIds,
  modelOf,
  recipeSchema,
} from '@/lib/catalog/models';
import { Graphs } from '@/server/engine/graphs';
import { charRnn } from '@/server/models/charRnn';
import { programOf } from '@/server/models/index';

function recipe(model: ModelId, changes: Record<string, unknown> = {}) {
  const values = { ...defaultValues(model), ...changes };
  return recipeSchema.parse({ model, dataset: defaultDatasetFor(model), values });
}

const blocksOf = (each: ReturnType<typeof recipe>): Block[] =>
  networksOf(each).flatMap(({ blocks }) => blocks);

const cases: [string, ReturnType<typeof recipe>][] = [
  ...modelIds.map((model): [string, ReturnType<typeof recipe>] => [model, recipe(model)]),
  ['autoencoder without hidden layers', recipe('autoencoder', { hiddenUnits: [], codingSize: 2 })],
  ['autoencoder with three', recipe('autoencoder', { hiddenUnits: [300, 200, 50] })],
  ['VAE without hidden layers', recipe('vae', { hiddenUnits: [], codingSize: 3 })],
  ['LSTM', recipe('char-rnn', { cell: 'lstm', hiddenUnits: [64] })],
  ['GAN of one layer each', recipe('gan', { generatorUnits: [], discriminatorUnits: [] })],
  ['DCGAN without dropout', recipe('dcgan', { dropout: 0, kernelSize: 4 })],
  [
    'StyleGAN of four resolutions',
    recipe('stylegan', { synthesisFilters: [64, 32, 16, 8], mappingDepth: 8 }),
  ],
];

/** Batch norm's running averages follow without being trained. */
const isWeight = (key: string, name: string) => key.startsWith(`${name}/`) && !/\/(mean|variance)$/.test(key);

/** A recipe's model on images of the usual size, or on a text. */
function modelFor(each: ReturnType<typeof recipe>, image = { height: 28, width: 28, channels: 1 }) {
  return each.model === 'char-rnn' ? charRnn(each.values, 30) : programOf(each, image);
}

/** The call that tells what a block's layers give, and the block's name in it. */
function outputOf(network: string, [name = '']: readonly string[]): [call: string, output: string] {
  if (network === 'encoder' || network === 'decoder') return ['activations', name];
  const own = name.slice(name.indexOf('/') + 1);
  return [network === 'discriminator' ? 'discriminatorActivations' : 'generatorActivations', own];
}

describe.each(cases.filter(([, { model }]) => model !== 'char-rnn'))('%s', (_, each) => {
  test('each block gives as many numbers as its shape says, under the name of its weights', async () => {
    const graphs = new Graphs(modelFor(each).definition);
    const found = new Map<string, number>();
    for (const call of ['activations', 'generatorActivations', 'discriminatorActivations']) {
      if (!graphs.definition.calls[call]) continue;
      for (const { name, value } of (await graphs.call(call, 1)).outputs)
        found.set(
          `${call} ${name}`,
          value.shape.reduce((a, b) => a * b, 1),
        );
    }
    const networks = networksOf(each, { height: 28, width: 28, channels: 1 });
    for (const { id, blocks } of networks)
      for (const { shape, weights } of blocks) {
        const [call, name] = outputOf(id, weights);
        expect([call, name, found.get(`${call} ${name}`)]).toEqual([
          call,
          name,
          shape.reduce((a, b) => a * b, 1),
        ]);
      }
  });
});

describe.each(cases)('%s', (_, each) => {
  test("the blocks' parameters are the cost's", () => {
    const sum = blocksOf(each).reduce((total, { parameters }) => total + parameters, 0);
    expect(sum).toBe(costOf(each).parameters);
  });

  test("each block has as many parameters as its weights in the model's state have numbers", () => {
    const data = dataShapeOf(each);
    const model =
      each.model === 'char-rnn'
        ? charRnn(each.values, 'vocabulary' in data ? data.vocabulary : 0)
        : programOf(each, 'vocabulary' in data ? { height: 0, width: 0, channels: 0 } : data);
    const numbers = (name: string) =>
      Object.entries(model.definition.state)
        .filter(([key]) => isWeight(key, name))
        .reduce((total, [, { shape }]) => total + shape.reduce((a, b) => a * b, 1), 0);
    for (const { id, weights, parameters } of blocksOf(each))
      expect(`${id} ${weights.reduce((total, name) => total + numbers(name), 0)}`).toBe(
        `${id} ${parameters}`,
      );
  });

  test('every size is a hyperparameter of the model, and sets the last number of the shape', () => {
    const values: Record<string, unknown> = each.values;
    for (const { shape, size } of blocksOf(each)) {
      if (!size) continue;
      const value = values[size.key];
      expect(shape.at(-1)).toBe(size.kind === 'layer' ? (value as number[])[size.index] : value);
      expect(modelOf(each.model).parameters.map(({ key }) => key)).toContain(size.key);
    }
  });
});
