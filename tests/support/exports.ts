import { defaultValues, type ModelId } from '@/lib/catalog/models';
import { RandomStream } from '@/lib/random';
import { compile } from '@/server/engine/compile';
import { Graphs } from '@/server/engine/graphs';
import { exportCall } from '@/server/engine/onnx/export';
import type { CallDefinition, DataMap, TensorData } from '@/server/engine/program';
import { charRnn } from '@/server/models/charRnn';
import { programOf } from '@/server/models/index';
import type { ImageSize, Model } from '@/server/models/model';
import { randomInputs } from './parity';

interface Subject {
  readonly name: string;
  readonly model: Model;
  readonly image?: ImageSize;
}

const grey = { height: 8, width: 8, channels: 1 };
const colour = { height: 6, width: 7, channels: 3 };
const VOCABULARY = 9;

/** Small networks of one model, on images of one size or on a text. */
function subject(model: ModelId, small: object, image?: ImageSize): Subject {
  const values = { ...defaultValues(model), ...small } as never;
  const name = `${model}${image?.channels === 3 ? ' in colour' : ''}`;
  if (model === 'char-rnn' || !image) return { name, model: charRnn(values, VOCABULARY) };
  return { name, model: programOf({ model, dataset: 'glyphs', values }, image), image };
}

const style = { codingSize: 6, styleSize: 7, mappingDepth: 2, synthesisFilters: [6, 5], batchSize: 4 };

export const subjects: readonly Subject[] = [
  subject('autoencoder', { hiddenUnits: [12], codingSize: 5 }, grey),
  subject('autoencoder', { hiddenUnits: [12], codingSize: 5 }, colour),
  subject('vae', { hiddenUnits: [12], codingSize: 5 }, grey),
  subject('vae', { hiddenUnits: [], codingSize: 5 }, colour),
  subject('char-rnn', { hiddenUnits: [6, 5], windowLength: 9 }),
  { ...subject('char-rnn', { hiddenUnits: [6], windowLength: 9, cell: 'lstm' }), name: 'char-rnn by LSTM' },
  subject('gan', { codingSize: 5, generatorUnits: [9], discriminatorUnits: [9] }, grey),
  subject('dcgan', { codingSize: 5, generatorFilters: [8, 6], discriminatorFilters: [5, 6] }, grey),
  subject('stylegan', { ...style, discriminatorFilters: [4, 5] }, grey),
  subject('stylegan', { ...style, synthesisFilters: [6, 5, 4], discriminatorFilters: [4] }, colour),
];

/** A tensor as every runtime takes it. */
export interface Numbers {
  readonly type: 'float32' | 'int32';
  readonly dims: readonly number[];
  readonly data: readonly number[];
}

/** A run of a file, and what the program answered to the same. */
export interface Trial {
  readonly rows: number;
  readonly feeds: Readonly<Record<string, Numbers>>;
  readonly expected: Readonly<Record<string, Numbers>>;
}

export interface ExportedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly trials: readonly Trial[];
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((size, n) => size * n, 1);

/** Weights as after some training: no zeros that would hide a part of the graph. */
function trainedState({ initialState }: Model): Record<string, Float32Array> {
  const random = new RandomStream(4, 'trained');
  const entries = Object.entries(initialState()).map(
    ([name, values]) => [name, values.map((value) => value + 0.1 * random.uniform(-1, 1))] as const,
  );
  return Object.fromEntries(entries);
}

/** [rows, height, width, channels] as a file has it: [rows, channels, height, width], from 0 to 1. */
function imagesOf(data: TensorData, rows: number, { height, width, channels }: ImageSize): Numbers {
  const scale = data instanceof Uint8Array ? 255 : 1;
  const area = height * width;
  const turned = Array.from({ length: data.length }, (_, i) => {
    const [row, channel, at] = [Math.floor(i / (area * channels)), Math.floor(i / area) % channels, i % area];
    return (data[(row * area + at) * channels + channel] as number) / scale;
  });
  return { type: 'float32', dims: [rows, channels, height, width], data: turned };
}

function numbersOf(name: string, data: TensorData, shape: readonly number[], image?: ImageSize): Numbers {
  const isImage = name === 'images' && image && data.length % (image.height * image.width) === 0;
  if (isImage) return imagesOf(data, shape[0] as number, image);
  return { type: data instanceof Int32Array ? 'int32' : 'float32', dims: shape, data: [...data] };
}

function inputsOf({ inputs }: CallDefinition): Record<string, TensorData> {
  const random = new RandomStream(5, 'inputs');
  return randomInputs(inputs, random, {
    truncation: () => Float32Array.of(0.7),
    noise: () => Float32Array.of(0.5),
    temperature: () => Float32Array.of(0.8),
    topK: () => Int32Array.of(3),
    seed: () => Int32Array.of(9),
    step: () => Int32Array.of(100),
    last: () => Int32Array.of(2),
    // Some characters are told, the others drawn.
    forced: (length) => Int32Array.from({ length }, (_, i) => (i < 2 ? i : -1)),
    windows: (length) => Int32Array.from({ length }, () => random.below(VOCABULARY)),
  });
}

function trialOf(
  { image }: Subject,
  rows: number,
  call: CallDefinition,
  given: DataMap,
  made: DataMap,
): Trial {
  const feeds = Object.entries(call.inputs).map(
    ([name, { shape }]) => [name, numbersOf(name, given[name] as TensorData, shape, image)] as const,
  );
  const expected = Object.entries(made).map(([name, data]) => {
    const known = call.inputs[name];
    const shape = known && sizeOf(known.shape) === data.length ? known.shape : [rows, data.length / rows];
    return [known ? `${name}_out` : name, numbersOf(name, data, shape, image)] as const;
  });
  return { rows, feeds: Object.fromEntries(feeds), expected: Object.fromEntries(expected) };
}

/** Every call of a model as a file, and what the program answers for 1 and for 5 rows. */
export async function exportedFiles(of: Subject): Promise<ExportedFile[]> {
  const { definition } = of.model;
  const state = trainedState(of.model);
  const program = await compile(definition, 'onnx-cpu');
  await program.setState(state);
  const files: ExportedFile[] = [];
  for (const [call, define] of Object.entries(definition.calls)) {
    // A look into a training step, and an evaluation that draws for its own number of rows: no files for others.
    if (call === 'stages' || (call === 'evaluate' && 'seed' in define(1).inputs)) continue;
    const options = {
      docString: call,
      metadata: { model: of.name },
      about: (value: string) => value,
      image: of.image,
    };
    const bytes = await exportCall(new Graphs(definition), call, state, options);
    const trials: Trial[] = [];
    for (const rows of [1, 5]) {
      const defined = define(rows);
      const given = inputsOf(defined);
      trials.push(trialOf(of, rows, defined, given, await program.call(call, rows, given)));
    }
    files.push({ name: `${of.name} ${call}`, bytes, trials });
  }
  await program.dispose();
  return files;
}
