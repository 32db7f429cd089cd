import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { dataShapeOf } from '@/lib/catalog/cost/data';
import { defaultValues, isOf, type Recipe, recipeSchema } from '@/lib/catalog/models';
import { isOwn } from '@/lib/catalog/ownData';
import { RandomStream } from '@/lib/random';
import type { ImageSet } from '@/server/datasets/dataset';
import { writeNpy } from '@/server/datasets/npy';
import { packImages } from '@/server/datasets/own/content';
import type { DataMap } from '@/server/engine/program';
import { charRnn } from '@/server/models/charRnn';
import { programOf } from '@/server/models/index';
import type { Model } from '@/server/models/model';
import { callEagerly } from './eager';

/** What generated programs are held to: Colatent's own model of the recipe, weights for it, and its answers. */

/** A recipe with the given values and else the defaults. */
export function recipeWith(
  model: Recipe['model'],
  dataset: Recipe['dataset'],
  values: Readonly<Record<string, unknown>> = {},
): Recipe {
  return recipeSchema.parse({ model, dataset, values: { ...defaultValues(model), ...values } });
}

interface Input {
  readonly shape: readonly number[];
  /** As the call takes it: images in bytes. */
  readonly data: DataMap[string];
}

/** What a network is asked, and by which call Colatent answers it. */
interface Question {
  readonly call: string;
  readonly input: 'images' | 'windows' | 'latents';
  readonly given: Input;
  readonly output: string;
}

const hash = 'c0'.repeat(32);
const colours = `own:images-32x32x3-${hash}` as const;

/** Images for a recipe: the given ones, or coloured noise where it learns from what somebody brought. */
export function imagesFor({ dataset }: Recipe, given: ImageSet): ImageSet {
  if (!isOwn(dataset)) return given;
  const [height, width, channels] = [32, 32, 3];
  const random = new RandomStream(13, 'colours');
  const images = Uint8Array.from({ length: given.count * height * width * channels }, () =>
    random.below(256),
  );
  return { ...given, height, width, channels, images };
}

/** Images as the file that programs read. */
export function imagesFile({ dataset }: Recipe, set: ImageSet): Uint8Array {
  const { count, height, width, channels, images } = set;
  return isOwn(dataset) ? packImages(set) : writeNpy(images, [count, height, width, channels]);
}

/** A text whole in its characters, but with few windows to learn from. */
export const vocabularyText = (text: string): string =>
  `${text.slice(0, 2500)}${[...new Set(text)].join('')}`;

const ROWS = 4;
/** A StyleGAN's images are held without noise. */
export const truncation = 0.7;

export const vocabularyOf = (recipe: Recipe): number => {
  const shape = dataShapeOf(recipe);
  return 'vocabulary' in shape ? shape.vocabulary : 0;
};

/** Questions by the names of the networks: `network` alone, or `generator` and `discriminator`. */
export function questionsOf(recipe: Recipe, images: ImageSet): Readonly<Record<string, Question>> {
  const random = new RandomStream(11, 'questions');
  const pixels = images.height * images.width * images.channels;
  const seen = { shape: [ROWS, pixels], data: images.images.subarray(0, ROWS * pixels) };
  if (isOf('autoencoder', recipe))
    return { network: { call: 'reconstruct', input: 'images', given: seen, output: 'images' } };
  if (recipe.model === 'char-rnn') {
    const length = recipe.values.windowLength + 1;
    const data = Int32Array.from({ length: ROWS * length }, () => random.below(vocabularyOf(recipe)));
    const given = { shape: [ROWS, length], data };
    return { network: { call: 'evaluate', input: 'windows', given, output: 'loss' } };
  }
  const size = recipe.values.codingSize;
  const latents = Float32Array.from({ length: ROWS * size }, () => random.normal());
  const given = { shape: [ROWS, size], data: latents };
  return {
    generator: { call: 'generate', input: 'latents', given, output: 'images' },
    discriminator: { call: 'discriminate', input: 'images', given: seen, output: 'scores' },
  };
}

export const modelOf = (recipe: Recipe, images: ImageSet): Model =>
  recipe.model === 'char-rnn' ? charRnn(recipe.values, vocabularyOf(recipe)) : programOf(recipe, images);

const slot = /(^|\/)(velocity|square)\/|Power$|(^|\/)mean\/.+/;

/** Names of what a network carries, without the optimizer's slots, as they stand in the state. */
export function weightNames({ definition }: Model, network: string): string[] {
  const isPair = network !== 'network';
  return Object.keys(definition.state).filter(
    (name) => !slot.test(name) && (!isPair || name.startsWith(`${network}/`)),
  );
}

/** A fresh state whose weights have left their beginning. */
export function movedState(model: Model): Record<string, Float32Array> {
  const random = new RandomStream(12, 'weights');
  const state = Object.entries(model.initialState()).map(([name, values]) => {
    if (slot.test(name)) return [name, values] as const;
    const isScale = /gamma|variance/.test(name);
    return [
      name,
      values.map((value) => value + (isScale ? random.uniform(0, 1) : 0.05 * random.normal())),
    ] as const;
  });
  return Object.fromEntries(state);
}

/** Images in bytes as numbers from 0 to 1, anything else as it is. */
export const asFloats = ({ input, given }: Question): Float32Array =>
  Float32Array.from(given.data, (value) => (input === 'images' ? value / 255 : value));

/** Colatent's answer to a question: images from 0 to 1, scores, or the loss of each window. */
export async function answerOf(
  model: Model,
  state: Record<string, Float32Array>,
  { call, input, given, output }: Question,
): Promise<Float32Array> {
  const style = {
    truncation: Float32Array.of(truncation),
    noise: Float32Array.of(0),
    seed: Int32Array.of(1),
  };
  const answers = await callEagerly(model.definition, call, ROWS, state, { ...style, [input]: given.data });
  return answers[output] as Float32Array;
}

/** A StyleGAN's kernels that Colatent keeps turned by half a turn, as transposed convolutions have them. */
export const turnedNames = (recipe: Recipe): string[] =>
  recipe.model === 'stylegan'
    ? recipe.values.synthesisFilters.slice(1).map((_, i) => `generator/synthesis/${2 * i + 2}/kernel`)
    : [];

const small = { synthesisFilters: [16, 8, 8, 4], discriminatorFilters: [8, 16, 8] };

/** All presets, and recipes that take every other turn that programs have. */
export const codeRecipes = {
  autoencoder: recipeWith('autoencoder', 'fashion-mnist'),
  'autoencoder-mse': recipeWith('autoencoder', 'glyphs', {
    loss: 'mean-squared-error',
    optimizer: 'adam',
    learningRate: 0.01,
    hiddenUnits: [60, 40],
    activation: 'elu',
    initializer: 'lecun-normal',
  }),
  'autoencoder-rmsprop': recipeWith('autoencoder', 'glyphs', {
    optimizer: 'rmsprop',
    learningRate: 0.01,
    hiddenUnits: [],
    activation: 'tanh',
  }),
  'autoencoder-momentum': recipeWith('autoencoder', 'glyphs', {
    optimizer: 'momentum',
    learningRate: 0.1,
    activation: 'sigmoid',
  }),
  vae: recipeWith('vae', 'fashion-mnist'),
  'vae-flat': recipeWith('vae', 'glyphs', {
    hiddenUnits: [],
    codingSize: 2,
    klWeight: 4,
    optimizer: 'adam',
    initializer: 'lecun-normal',
  }),
  'vae-colour': recipeWith('vae', colours, { hiddenUnits: [24, 16, 12], activation: 'tanh' }),
  'char-rnn': recipeWith('char-rnn', 'verses'),
  'char-rnn-lstm': recipeWith('char-rnn', 'verses', {
    cell: 'lstm',
    hiddenUnits: [24, 16, 8],
    letterCase: 'as-is',
    windowLength: 20,
    windowShift: 7,
    dropout: 0.3,
    recurrentDropout: 0,
    optimizer: 'rmsprop',
  }),
  gan: recipeWith('gan', 'fashion-mnist'),
  'gan-steps': recipeWith('gan', 'glyphs', {
    generatorSteps: 2,
    discriminatorSteps: 2,
    generatorUnits: [],
    discriminatorUnits: [20, 10, 5],
    activation: 'relu',
    generatorOptimizer: 'adam-0',
    discriminatorOptimizer: 'sgd',
  }),
  dcgan: recipeWith('dcgan', 'fashion-mnist'),
  'dcgan-even': recipeWith('dcgan', 'glyphs', { kernelSize: 4, generatorFilters: [16, 8], leak: 0.1 }),
  stylegan: recipeWith('stylegan', 'glyphs'),
  'dcgan-colour': recipeWith('dcgan', colours, { generatorFilters: [8, 16], discriminatorFilters: [16, 8] }),
  'stylegan-colour': recipeWith('stylegan', colours, small),
  'stylegan-deep': recipeWith('stylegan', 'glyphs', { ...small, styleMixing: 0, mappingDepth: 2, leak: 0.1 }),
};
