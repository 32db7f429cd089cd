import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { describe, expect, test } from 'vitest';
import { RandomStream } from '@/lib/random';
import { Random } from '@/server/engine/trace/random';
import { leavesOf, withLeaves } from '@/server/engine/trace/tree';
import { activations, leakyRelu } from '@/server/models/activations';
import { batchNormInfer, batchNormTrain } from '@/server/models/batchNorm';
import { normalized } from '@/server/models/normalization';
import { tensorsOf } from '@/server/models/weights';
import { relativeError } from '../support/parity';

type Tensor = tf.Tensor;

await tf.setBackend('cpu');

function normal(name: string, shape: number[]): Tensor {
  const random = new RandomStream(3, name);
  return tf.tensor(
    Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.normal()),
    shape,
  );
}

/** Results and all gradients of `ours` against those that TensorFlow.js derives of `theirs`. */
function expectSame(
  ours: (...inputs: Tensor[]) => Tensor,
  theirs: (...inputs: Tensor[]) => Tensor,
  inputs: Tensor[],
): void {
  const dy = normal('dy', ours(...inputs).shape);
  const both = [ours, theirs].map((f) => [f(...inputs), ...tf.grads(f)(inputs, dy)]) as [Tensor[], Tensor[]];
  for (const [i, result] of both[0].entries())
    expect(relativeError(result.dataSync(), both[1][i]?.dataSync() ?? [])).toBeLessThan(1e-5);
}

describe('activations have the gradients of the formulas they stand for', () => {
  const x = normal('x', [40, 25]);
  test('leaky ReLU', () => {
    expectSame(
      (each) => leakyRelu(each, 0.2),
      (each) => tf.maximum(each, tf.mul(each, 0.2)),
      [x],
    );
  });
  test.each([
    ['selu', tf.selu],
    ['relu', tf.relu],
  ] as const)('%s', (name, expected) => {
    expectSame(activations[name], expected, [x]);
  });
});

describe('normalisation equals its formula, and its gradients those of TensorFlow.js', () => {
  const formula = (axes: number[], epsilon: number) => (x: Tensor, scale: Tensor, shift: Tensor) => {
    const { mean, variance } = tf.moments(x, axes, true);
    return tf.add(tf.mul(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, epsilon))), scale), shift);
  };
  test.each([
    ['of batches', [0, 1, 2], [1, 1, 1, 6], 0.001],
    ['of instances', [1, 2], [4, 1, 1, 6], 1e-8],
  ] as const)('%s', (_, axes, shape, epsilon) => {
    const inputs = [normal('x', [4, 5, 3, 6]), normal('scale', [...shape]), normal('shift', [...shape])];
    expectSame(
      (x, scale, shift) =>
        normalized(x as Tensor, { scale: scale as Tensor, shift: shift as Tensor }, axes, epsilon),
      formula([...axes], epsilon) as (...inputs: Tensor[]) => Tensor,
      inputs,
    );
  });
});

describe('batch norm', () => {
  const layer = { name: 'norm', channels: 6 };
  const own = {
    'norm/gamma': normal('gamma', [6]),
    'norm/beta': normal('beta', [6]),
    'norm/mean': normal('mean', [6]),
    'norm/variance': tf.abs(normal('variance', [6])),
  };
  const x = normal('x', [4, 5, 3, 6]);

  test('in training goes by the moments of the batch, and the averages follow them', () => {
    const { y, averages } = batchNormTrain(own, layer, x, 0.9);
    const { mean, variance } = tf.moments(x, [0, 1, 2]);
    const theirs = tf.batchNorm(
      x as tf.Tensor4D,
      mean as tf.Tensor1D,
      variance as tf.Tensor1D,
      own['norm/beta'] as tf.Tensor1D,
      own['norm/gamma'] as tf.Tensor1D,
      0.001,
    );
    expect(relativeError(y.dataSync(), theirs.dataSync())).toBeLessThan(1e-5);
    const follow = (kind: 'mean' | 'variance', moment: Tensor) =>
      tf.add(tf.mul(own[`norm/${kind}`], 0.9), tf.mul(moment, 0.1)).dataSync();
    expect(averages['norm/mean']?.dataSync()).toEqual(follow('mean', mean));
    expect(
      relativeError(averages['norm/variance']?.dataSync() ?? [], follow('variance', variance)),
    ).toBeLessThan(1e-6);
  });

  test('in inference goes by the averages', () => {
    const theirs = tf.batchNorm(
      x as tf.Tensor4D,
      own['norm/mean'] as tf.Tensor1D,
      own['norm/variance'] as tf.Tensor1D,
      own['norm/beta'] as tf.Tensor1D,
      own['norm/gamma'] as tf.Tensor1D,
      0.001,
    );
    expect(relativeError(batchNormInfer(own, layer, x).dataSync(), theirs.dataSync())).toBeLessThan(1e-5);
  });
});

test('trees keep their form, and what is no tensor in them', () => {
  const [a, b, c] = [tf.scalar(1), tf.scalar(2), tf.scalar(3)];
  const tree = { list: [a, 1, { deep: b }], none: [] };
  expect(leavesOf(tree)).toEqual([a, b]);
  expect(withLeaves(tree, [b, c])).toEqual({ list: [b, 1, { deep: c }], none: [] });
  expect(() => withLeaves(tree, [a])).toThrow('Expected 2 tensors, not 1');
});

test('a weight that a state lacks is named', () => {
  const state = { 'dense/kernel': tf.scalar(1) };
  const specs = { kernel: { shape: [], dtype: 'float32' }, bias: { shape: [], dtype: 'float32' } } as const;
  expect(() => tensorsOf(state, specs, { name: 'dense' })).toThrow(
    'There is no dense/bias among dense/kernel',
  );
});

test('normal numbers have the moments of the normal distribution', () => {
  const random = new Random(tf.scalar(5, 'int32'), tf.scalar(6, 'int32'));
  const values = Float32Array.from(random.normal('x', [100_000]).dataSync());
  const moment = (power: number) => values.reduce((sum, value) => sum + value ** power, 0) / values.length;
  // The deviations of these means are 0.003, 0.0045, 0.012 and 0.031.
  for (const [power, expected] of [0, 1, 0, 3].entries())
    expect(Math.abs(moment(power + 1) - expected)).toBeLessThan([0.012, 0.018, 0.05, 0.12][power] as number);
});

test('a dropout mask leaves out its share and keeps the mean', () => {
  const random = new Random(tf.scalar(5, 'int32'), tf.scalar(6, 'int32'));
  const mask = random.dropoutMask('x', [100_001], 0.4).dataSync();
  const kept = mask.filter((value) => value > 0);
  expect(new Set(kept)).toEqual(new Set([Math.fround(1 / 0.6)]));
  // The deviation of the share is 0.0015; of two neighbours' product, were they independent, 0.0016.
  expect(Math.abs(kept.length / mask.length - 0.6)).toBeLessThan(0.006);
  const half = 50_001;
  for (const distance of [1, half]) {
    let both = 0;
    for (let i = distance; i < mask.length; i++) both += mask[i] && mask[i - distance] ? 1 : 0;
    expect(Math.abs(both / (mask.length - distance) - 0.36)).toBeLessThan(0.01);
  }
});
