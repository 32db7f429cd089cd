import { RandomStream } from '@/lib/random';
import type { CallDefinition, ExecutorId, StepDefinition } from '@/server/engine/program';
import type { Model } from '@/server/models/model';
import { expectSameCall, expectSameSteps, randomInputs } from './parity';

/** Steps of both networks, and of one alone. */
export const stepKinds = ['train', 'discriminator', 'generator'] as const;

/** Small enough for eager steps, and halved twice to the pixel. */
export const greyImage = { height: 8, width: 8, channels: 1 };
/** Of odd sizes, which halving rounds up. */
export const colourImage = { height: 6, width: 7, channels: 3 };

/** Steps whose size follows the gradient's, so that no rounding grows in them. */
export const plain = { generatorOptimizer: 'momentum', discriminatorOptimizer: 'momentum' } as const;

/**
 * After five steps weights differ from eager ones by at most 2e-5 of a tensor's largest value, with RMSprop and
 * Adam too, which divide by the size of the gradient. This leaves room for other processors and GPUs.
 */
const TOLERANCE = 1e-4;
const STEPS = 5;

/** Five steps of one kind, compiled and eager. */
export function expectSameTraining(
  id: ExecutorId,
  model: Model,
  { kind = 'train', rate = 0.02 }: { readonly kind?: string; readonly rate?: number } = {},
): Promise<void> {
  const { inputs } = model.definition.steps[kind] as StepDefinition;
  return expectSameSteps(id, model, {
    kind,
    steps: STEPS,
    tolerance: TOLERANCE,
    inputsOf: (step) =>
      randomInputs(inputs, new RandomStream(6, 'contest', step), {
        generatorLearningRate: () => Float32Array.of(rate),
        discriminatorLearningRate: () => Float32Array.of(2 * rate),
        seed: () => Int32Array.of(42),
        step: () => Int32Array.of(step),
      }),
  });
}

/** A call on three rows, compiled and eager. */
export function expectSameSampling(id: ExecutorId, model: Model, name: string): Promise<void> {
  const { inputs } = (model.definition.calls[name] as (rows: number) => CallDefinition)(3);
  const given = randomInputs(inputs, new RandomStream(7, name), {
    truncation: () => Float32Array.of(0.7),
    noise: () => Float32Array.of(0.5),
    seed: () => Int32Array.of(9),
  });
  return expectSameCall(id, model, { name, rows: 3, tolerance: TOLERANCE }, given);
}
