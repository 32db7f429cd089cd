import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { costOf } from '@/lib/catalog/cost/index';
import type { Recipe } from '@/lib/catalog/models';
import { codeOf } from '@/lib/code/index';
import type { ImageSet } from '@/server/datasets/dataset';
import { generateGlyphs } from '@/server/datasets/glyphs';
import { generateVerses } from '@/server/datasets/verses';
import {
  answerOf,
  asFloats,
  codeRecipes,
  imagesFile,
  imagesFor,
  modelOf,
  movedState,
  questionsOf,
  recipeWith,
  turnedNames,
  vocabularyText,
  weightNames,
} from '../support/codeCases';
import { relativeError } from '../support/parity';
import { runTensorflowjs } from '../support/runTensorflowjs';

/** float32 through several layers, summed in another order. */
const TOLERANCE = 1e-4;
/** Plain JavaScript computes here: few images, in small batches; two batches and a rest. */
const [BATCH, IMAGES] = [4, 9];

let glyphs: ImageSet;
let verses: string;
beforeAll(async () => {
  await tf.setBackend('cpu');
  glyphs = generateGlyphs(IMAGES);
  verses = generateVerses();
});

type Network = readonly [weights: tf.Variable[], ask: (given: tf.Tensor) => tf.Tensor];
type Networks = Readonly<Record<string, Network>>;

/** What a program's networks are called in it. */
const handles: Readonly<Record<Recipe['model'], string>> = {
  autoencoder: '{ network: [weights, (x) => tf.sigmoid(decode(encode(x)))] }',
  vae: '{ network: [weights, (x) => tf.sigmoid(decode(encode(x).mean))] }',
  'char-rnn': `{ network: [weights, (windows) => tf.stack(tf.unstack(tf.cast(windows, 'int32')).map((each) => lossOf(tf.expandDims(each), false)))] }`,
  gan: `{ generator: [generatorWeights, imagesFrom],
    discriminator: [discriminatorWeights, (x) => tf.sigmoid(discriminate(x, false))] }`,
  dcgan: `{ generator: [generatorWeights, (noise) => tf.div(tf.add(imagesFrom(noise, false), 1), 2)],
    discriminator: [discriminatorWeights, (x) => tf.sigmoid(discriminate(signed(x), false))] }`,
  stylegan: `{ generator: [[...generatorWeights, styleAverage], (noise) => tf.div(tf.add(sample(noise, { truncation: 0.7, strength: 0 }), 1), 2)],
    discriminator: [discriminatorWeights, (x) => tf.sigmoid(discriminate(signed(x), false))] }`,
};
const signed = 'const signed = (x) => tf.sub(tf.mul(tf.reshape(x, [-1, HEIGHT, WIDTH, CHANNELS]), 2), 1);';

/** Runs a program for an epoch over few data; @returns its networks and what it said. */
async function run(recipe: Recipe, images: ImageSet): Promise<{ networks: Networks; said: string[] }> {
  const isText = recipe.model === 'char-rnn';
  const body = isText
    ? new Blob([vocabularyText(verses)])
    : recipe.dataset === 'fashion-mnist'
      ? new Response(
          new Blob([new Uint8Array(16), Uint8Array.from(images.images)])
            .stream()
            .pipeThrough(new CompressionStream('gzip')),
        ).body
      : new Blob([Uint8Array.from(imagesFile(recipe, images))]);
  const source = codeOf(recipe, 'tensorflowjs', 'http://colatent.example')
    .replace(/^const EPOCHS = .*$/m, 'const EPOCHS = 1;')
    .replace(/^const WINDOW_SHIFT = .*;/m, 'const WINDOW_SHIFT = 250;')
    .replace('length = 400', 'length = 3');
  const result = handles[recipe.model];
  const { said, value } = await runTensorflowjs<Networks>(`${source}\n${signed}`, body as BodyInit, result);
  return { networks: value, said };
}

/** Names of a network's weights as its program makes them. */
function orderOf(recipe: Recipe, network: string, names: readonly string[]): string[] {
  const own = names.filter((name) => !/norm\/\d\/(mean|variance)$/.test(name));
  if (network !== 'generator') return own;
  if (recipe.model === 'dcgan') {
    const layers = ['dense', 'norm/0', 'convolution/0', 'norm/1', 'convolution/1'];
    return layers.flatMap((layer) => own.filter((name) => name.startsWith(`generator/${layer}/`)));
  }
  if (recipe.model !== 'stylegan') return own;
  const of = (pattern: RegExp) => own.filter((name) => pattern.test(name));
  const layers = Array.from({ length: 2 * recipe.values.synthesisFilters.length }, (_, i) => i);
  const styled = layers.flatMap((i) =>
    ['noise', 'bias', 'style/kernel', 'style/bias'].map((part) => `generator/synthesis/${i}/${part}`),
  );
  // Both convolutions of a resolution: the second one is made first.
  const second = layers.filter((i) => i % 2 === 1);
  const kernels = second
    .flatMap((i) => (i === 1 ? [i] : [i, i - 1]))
    .map((i) => `generator/synthesis/${i}/kernel`);
  return [...of(/mapping/), ...of(/constant/), ...styled, ...kernels, ...of(/image/), 'generator/style'];
}

/** Takes values as Colatent keeps them. */
function fill(variable: tf.Variable, values: Float32Array, isTurned: boolean): void {
  tf.tidy(() => {
    if (!isTurned) return variable.assign(tf.tensor(values, variable.shape));
    const [height, width, inputs, outputs] = variable.shape as [number, number, number, number];
    const kept = tf.tensor(values, [height, width, outputs, inputs]);
    variable.assign(tf.transpose(tf.reverse(kept, [0, 1]), [0, 1, 3, 2]));
  });
}

/** The same recipe as small as plain JavaScript can take it: narrow layers, short windows. */
function shrunk({ model, dataset, values }: Recipe): Recipe {
  const narrow = (width: number) => Math.max(4, Math.ceil(width / 8));
  const entries = Object.entries(values).map(([key, value]) => {
    if (key === 'windowLength') return [key, Math.min(value as number, 20)];
    return [
      key,
      Array.isArray(value)
        ? value.map(key === 'hiddenUnits' ? (each) => Math.max(8, narrow(each)) : narrow)
        : value,
    ];
  });
  return recipeWith(model, dataset, { ...Object.fromEntries(entries), batchSize: BATCH });
}

const recipes = Object.entries(codeRecipes).map(([name, recipe]) => [name, shrunk(recipe)] as const);

test.each(recipes)(
  'the TensorFlow.js code of %s trains, and is the same network by size and by its answers',
  async (_, recipe) => {
    const images = imagesFor(recipe, glyphs);
    const { networks, said } = await run(recipe, images);
    expect(said.join(' ')).not.toMatch(/NaN|Infinity/);
    expect(said.length).toBeGreaterThan(0);
    const model = modelOf(recipe, images);
    const moved = movedState(model);
    // Batch norm's averages are the program's own.
    const fresh = model.initialState();
    const state = Object.fromEntries(
      Object.entries(moved).map(([name, values]) => [
        name,
        /norm\/\d\/(mean|variance)$/.test(name) ? (fresh[name] as Float32Array) : values,
      ]),
    );
    let parameters = 0;
    for (const [name, question] of Object.entries(questionsOf(recipe, images))) {
      const [variables, ask] = networks[name] as Network;
      const names = orderOf(recipe, name, weightNames(model, name));
      expect(variables.map(({ size }) => size)).toEqual(names.map((each) => state[each]?.length));
      for (const [i, each] of names.entries()) {
        if (each !== 'generator/style') parameters += (variables[i] as tf.Variable).size;
        fill(variables[i] as tf.Variable, state[each] as Float32Array, turnedNames(recipe).includes(each));
      }
      const given = tf.tensor(asFloats(question), [...question.given.shape]);
      const found = tf.tidy(() => ask(given).dataSync());
      const isOwnAverage = recipe.model === 'dcgan' && name === 'generator';
      if (!isOwnAverage)
        expect(relativeError(found, await answerOf(model, state, question)), name).toBeLessThan(TOLERANCE);
    }
    expect(parameters).toBe(costOf(recipe).parameters);
  },
);
