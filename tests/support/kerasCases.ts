import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Recipe } from '@/lib/catalog/models';
import { codeOf } from '@/lib/code/index';
import type { ImageSet } from '@/server/datasets/dataset';
import { type Safetensors, writeSafetensors } from '@/server/engine/safetensors';
import type { Model } from '@/server/models/model';
import {
  answerOf,
  asFloats,
  imagesFile,
  imagesFor,
  modelOf,
  movedState,
  questionsOf,
  turnedNames,
  weightNames,
} from './codeCases';
import { stepEagerly } from './eager';

type Tensors = Record<string, Safetensors['tensors'][string]>;
type State = Record<string, Float32Array>;

export interface Data {
  readonly images: ImageSet;
  readonly text: string;
}

const STEPS = 3;

const flat = (data: Float32Array) => ({ shape: [data.length], data });

/** Weights after some steps of an autoencoder, which has no randomness, and the batches that it learned from. */
async function descentOf(recipe: Recipe, model: Model, start: State, set: ImageSet): Promise<Tensors> {
  if (recipe.model !== 'autoencoder') return {};
  const { batchSize, learningRate } = recipe.values;
  const size = batchSize * set.height * set.width * set.channels;
  let state = start;
  for (let step = 0; step < STEPS; step++) {
    const inputs = {
      images: set.images.subarray(step * size, (step + 1) * size),
      learningRate: Float32Array.of(learningRate),
    };
    state = (await stepEagerly(model.definition, state, inputs)).state;
  }
  const pixels = Float32Array.from(set.images.subarray(0, STEPS * size), (value) => value / 255);
  const weights = weightNames(model, 'network').map((name) => [
    `descent/${name}`,
    flat(state[name] as Float32Array),
  ]);
  const images = { shape: [STEPS, batchSize, size / batchSize], data: pixels };
  return { 'descent/images': images, ...Object.fromEntries(weights) };
}

async function tensorsOf(recipe: Recipe, model: Model, set: ImageSet): Promise<Tensors> {
  const state = movedState(model);
  const tensors: Tensors = await descentOf(recipe, model, state, set);
  for (const [name, data] of Object.entries(state))
    tensors[name] = { shape: model.definition.state[name]?.shape ?? [], data };
  for (const [name, question] of Object.entries(questionsOf(recipe, set))) {
    tensors[`inputs/${name}`] = { shape: question.given.shape, data: asFloats(question) };
    tensors[`outputs/${name}`] = flat(await answerOf(model, state, question));
  }
  return tensors;
}

/** Writes what `run_keras.py` needs for one recipe into `folder`; @returns its entry in the manifest. */
export async function writeCase(folder: string, name: string, recipe: Recipe, data: Data) {
  const images = imagesFor(recipe, data.images);
  const model = modelOf(recipe, images);
  const files = { program: `${name}.py`, tensors: `${name}.safetensors`, data: `${name}.data` };
  const program = codeOf(recipe, 'keras', 'http://colatent.example')
    .replace(/^EPOCHS = .*$/m, 'EPOCHS = 1')
    .replace(/^WINDOW_SHIFT = \d+/m, 'WINDOW_SHIFT = 50')
    .replace('length=400', 'length=4');
  await writeFile(join(folder, files.program), program);
  const tensors = await tensorsOf(recipe, model, images);
  await writeFile(join(folder, files.tensors), writeSafetensors({ tensors, metadata: {} }));
  await writeFile(
    join(folder, files.data),
    recipe.model === 'char-rnn' ? data.text : imagesFile(recipe, images),
  );
  const networks = Object.keys(questionsOf(recipe, images)).map((network) => [
    network,
    weightNames(model, network),
  ]);
  return {
    name,
    ...files,
    model: recipe.model,
    networks: Object.fromEntries(networks),
    isSigned: recipe.model === 'dcgan' || recipe.model === 'stylegan',
    turned: turnedNames(recipe),
  };
}
