import { cast, engine, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core';
import { type KernelName, kernelRows } from '@/server/engine/ir/kernels';
import type { CallDefinition, ProgramDefinition, SpecMap, TensorMap } from '@/server/engine/program';
import type { KernelCase } from './caseDraws';

/** What the kernel makes of the case's inputs, in TensorFlow.js; bool is int32 outside, as at the engine's border. */
export function callKernel(kernel: KernelName, given: KernelCase, tensors: TensorMap): Tensor[] {
  const typed = Object.entries(given.inputs).map(
    ([name, { dtype }]) => [name, cast(tensors[name] as Tensor, dtype)] as const,
  );
  const list = typed.map(([, each]) => each);
  const inputs = kernelRows[kernel].inputs === 'any' ? list : Object.fromEntries(typed);
  const made = given.call
    ? given.call(list)
    : engine().runKernel(kernel, inputs as unknown as NamedTensorMap, given.attributes as never);
  return [made].flat().map((each) => (each.dtype === 'bool' ? cast(each, 'int32') : each));
}

export const outerType = (dtype: string) => (dtype === 'float32' ? 'float32' : 'int32');

export function specsOf({ inputs }: KernelCase): SpecMap {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, dtype }]) => [name, { shape, dtype: outerType(dtype) }]),
  );
}

const named = (results: readonly Tensor[]): TensorMap =>
  Object.fromEntries(results.map((each, i) => [`result:${i}`, each]));

/** A program whose calls are the kernel's cases. */
export function programOf(kernel: KernelName, given: readonly KernelCase[]): ProgramDefinition {
  const calls = given.map((each, i) => {
    const definition: CallDefinition = {
      inputs: specsOf(each),
      run: (_, inputs) => named(callKernel(kernel, each, inputs)),
    };
    return [`case ${i}`, () => definition] as const;
  });
  const train = { inputs: {}, run: (state: TensorMap) => ({ state, metrics: {} }) };
  return {
    state: { unused: { shape: [], dtype: 'float32' } },
    steps: { train },
    calls: Object.fromEntries(calls),
  };
}
