import * as tf from '@tensorflow/tfjs-core';
import { RandomStream } from '@/lib/random';
import type { ImageSet } from '@/server/datasets/dataset';
import { compile } from '@/server/engine/compile';
import type { Program, SpecMap, TensorMap } from '@/server/engine/program';
import { crossEntropy } from '@/server/models/crossEntropy';
import { glorotUniform } from '@/server/models/initializers';
import { initialSlots, optimizers } from '@/server/models/optimizers';
import { Batches } from '@/server/worker/training/batches';

const CLASSES = 10;
const BATCH = 64;
const EPOCHS = 12;
/** Every so many steps' images go into one engine call. */
const CHUNK = 16;

const shapes = {
  'first/kernel': [5, 5, 1, 32],
  'second/kernel': [5, 5, 32, 64],
  'hidden/kernel': [7 * 7 * 64, 128],
  'hidden/bias': [128],
  'output/kernel': [128, CLASSES],
  'output/bias': [CLASSES],
} as const;
const names = Object.keys(shapes) as (keyof typeof shapes)[];
const weights: SpecMap = Object.fromEntries(
  names.map((name) => [name, { shape: shapes[name], dtype: 'float32' as const }]),
);

/** Logits [rows, 10] of images [rows, 784] from 0 to 1. */
function logitsOf(state: TensorMap, images: tf.Tensor): tf.Tensor {
  const of = (name: keyof typeof shapes) => state[name] as tf.Tensor;
  const x = tf.reshape(images, [-1, 28, 28, 1]) as tf.Tensor4D;
  const first = tf.relu(tf.conv2d(x, of('first/kernel') as tf.Tensor4D, 2, 'same'));
  const second = tf.relu(tf.conv2d(first as tf.Tensor4D, of('second/kernel') as tf.Tensor4D, 2, 'same'));
  const flat = tf.reshape(second, [x.shape[0], -1]) as tf.Tensor2D;
  const hidden = tf.relu(tf.add(tf.matMul(flat, of('hidden/kernel') as tf.Tensor2D), of('hidden/bias')));
  return tf.add(tf.matMul(hidden as tf.Tensor2D, of('output/kernel') as tf.Tensor2D), of('output/bias'));
}

const imagesOf = (rows: number): SpecMap => ({
  images: { shape: [rows, 784], dtype: 'float32', encoding: { dtype: 'uint8', scale: 1 / 255 } },
});

const definition = {
  state: { ...weights, ...optimizers.adam.slots(weights) },
  steps: {
    train: {
      inputs: {
        ...imagesOf(BATCH),
        labels: { shape: [BATCH], dtype: 'int32' },
      } as SpecMap,
      run: (state: TensorMap, { images, labels }: TensorMap) => {
        const byName = (tensors: readonly tf.Tensor[]): TensorMap =>
          Object.fromEntries(names.map((name, i) => [name, tensors[i] as tf.Tensor]));
        const lossOf = (...own: tf.Tensor[]) =>
          crossEntropy.mean(logitsOf(byName(own), images as tf.Tensor), labels as tf.Tensor);
        const { value, grads } = tf.valueAndGrads(lossOf)(names.map((name) => state[name] as tf.Tensor));
        return {
          state: optimizers.adam.update(state, byName(grads), tf.scalar(0.001)),
          metrics: { loss: value },
        };
      },
    },
  },
  calls: {
    classify: (rows: number) => ({
      inputs: imagesOf(rows),
      run: (state: TensorMap, { images }: TensorMap) => ({
        probabilities: tf.softmax(logitsOf(state, images as tf.Tensor)),
      }),
    }),
  },
};

function initialState(): Record<string, Float32Array> {
  const kernels = names.map((name) => {
    const shape: readonly number[] = shapes[name];
    const size = shape.reduce((product, n) => product * n, 1);
    if (shape.length === 1) return [name, new Float32Array(size)] as const;
    const fan = size / ((shape.at(-1) as number) * (shape.at(-2) as number));
    const random = new RandomStream(1, 'classifier', name);
    const [fanIn, fanOut] = [fan * (shape.at(-2) as number), fan * (shape.at(-1) as number)];
    return [name, glorotUniform(random, fanIn, fanOut, size)] as const;
  });
  return { ...Object.fromEntries(kernels), ...initialSlots(optimizers.adam, weights) };
}

export interface Verdict {
  /** Mean probability of the likeliest class. */
  readonly confidence: number;
  /** The likeliest class of each image. */
  readonly classes: number[];
}

/** A small convolutional network that tells a set's ten classes apart; a judge of generated images. */
export class Classifier {
  private constructor(private readonly program: Program) {}

  /** Trains on the first `count` images. */
  static async train(set: ImageSet, count: number): Promise<Classifier> {
    const program = await compile(definition, 'onnx-cpu');
    await program.setState(initialState());
    const images = new Batches(set.images, 784, count, BATCH, 1);
    const labels = new Batches(set.labels, 1, count, BATCH, 1);
    const total = images.stepsFor(EPOCHS);
    for (let step = 1; step <= total; step += CHUNK) {
      const steps = Math.min(CHUNK, total - step + 1);
      await program.train('train', steps, {
        images: images.stack(step, steps),
        labels: Int32Array.from(labels.stack(step, steps)),
      });
    }
    return new Classifier(program);
  }

  /** uint8 [rows, 784] */
  async judge(images: Uint8Array): Promise<Verdict> {
    const rows = images.length / 784;
    const { probabilities = [] } = await this.program.call('classify', rows, { images });
    const classes: number[] = [];
    let confidence = 0;
    for (let row = 0; row < rows; row++) {
      const own = Array.from(probabilities).slice(row * CLASSES, (row + 1) * CLASSES);
      const most = Math.max(...own);
      classes.push(own.indexOf(most));
      confidence += most / rows;
    }
    return { confidence, classes };
  }

  close(): Promise<void> {
    return this.program.dispose();
  }
}
