import * as tf from '@tensorflow/tfjs-core';
import { RandomStream } from '@/lib/random';
import type { ImageSet } from '@/server/datasets/dataset';
import { compile } from '@/server/engine/compile';
import {
  defineCall,
  defineStep,
  type Program,
  type SpecMap,
  type TensorMap,
  type TensorSpec,
} from '@/server/engine/program';
import { convolve } from '@/server/models/convolution';
import { crossEntropy } from '@/server/models/crossEntropy';
import { imagesSpec } from '@/server/models/images';
import { glorotUniform } from '@/server/models/initializers';
import { descend, initialSlots, optimizers } from '@/server/models/optimizers';
import { tensorsOf } from '@/server/models/weights';
import { Batches } from '@/server/worker/training/batches';

const CLASSES = 10;
const BATCH = 64;
const EPOCHS = 12;
/** Every so many steps' images go into one engine call. */
const CHUNK = 16;

const float = <Shape extends readonly number[]>(...shape: Shape) => ({ shape, dtype: 'float32' }) as const;
const weights = {
  'first/kernel': float(5, 5, 1, 32),
  'second/kernel': float(5, 5, 32, 64),
  'hidden/kernel': float(7 * 7 * 64, 128),
  'hidden/bias': float(128),
  'output/kernel': float(128, CLASSES),
  'output/bias': float(CLASSES),
} as const satisfies SpecMap;

/** Logits [rows, 10] of images [rows, 784] from 0 to 1. */
function logitsOf(state: TensorMap, images: tf.Tensor): tf.Tensor {
  const own = tensorsOf(state, weights);
  const x = tf.reshape(images, [-1, 28, 28, 1]);
  const first = tf.relu(convolve(x, own['first/kernel'], 2));
  const second = tf.relu(convolve(first, own['second/kernel'], 2));
  const flat = tf.reshape(second, [x.shape[0] as number, -1]);
  const hidden = tf.relu(tf.add(tf.matMul(flat, own['hidden/kernel']), own['hidden/bias']));
  return tf.add(tf.matMul(hidden, own['output/kernel']), own['output/bias']);
}

const train = defineStep({
  inputs: { ...imagesSpec(BATCH, 784), labels: { shape: [BATCH], dtype: 'int32' } },
  run: (state, { images, labels }) => {
    const { loss, next } = descend(optimizers.adam, weights, {
      state,
      rate: tf.scalar(0.001),
      lossOf: (own) => crossEntropy.mean(logitsOf(own, images), labels),
    });
    return { state: next, metrics: { loss } };
  },
});

const definition = {
  state: { ...weights, ...optimizers.adam.slots(weights) },
  steps: { train },
  calls: {
    classify: (rows: number) =>
      defineCall({
        inputs: imagesSpec(rows, 784),
        run: (state, { images }) => ({ probabilities: tf.softmax(logitsOf(state, images)) }),
      }),
  },
};

function initialState(): Record<string, Float32Array> {
  const kernels = Object.entries<TensorSpec>(weights).map(([name, { shape }]) => {
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
