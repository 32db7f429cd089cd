import '@tensorflow/tfjs-backend-cpu';
import { engine, type NamedTensorMap, setBackend, tensor, tidy } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import * as ort from 'onnxruntime-node';
import { beforeAll, describe, expect, test } from 'vitest';
import { RandomStream } from '@/lib/random';
import { createSession, executorOf, probeExecutors } from '@/server/engine/executors';
import type { ConstantData, Graph } from '@/server/engine/graph';
import { type KernelName, kernelRows } from '@/server/engine/kernels';
import { lowerCall, names } from '@/server/engine/onnx/lower';
import { type ExecutorId, executorIds } from '@/server/engine/program';
import { useSoftwareGpu } from '../support/softwareGpu';
import { type Input, type KernelCase, kernelCases } from './kernelCases';

const SEED = 20261123;
/** A software GPU takes tens of milliseconds to compile a shader, so it meets fewer cases. */
const runs: Readonly<Record<ExecutorId, number>> = { 'onnx-cpu': 25, 'onnx-webgpu': 3 };
/**
 * float32 carries 24 bits, 6e-8 relative; sums of up to 216 terms in another order and other
 * implementations of exp and tanh stay well below 1e-5 of the largest value.
 */
const TOLERANCE = 1e-5;

function runEagerly(kernel: KernelName, { inputs, attributes }: KernelCase): number[] {
  return tidy(() => {
    const tensors: NamedTensorMap = Object.fromEntries(
      Object.entries(inputs).map(([name, { values, shape, dtype }]) => [
        name,
        tensor(values, [...shape], dtype),
      ]),
    );
    const attrs = { ...attributes, ...(kernel === '_FusedMatMul' ? { activation: 'linear' } : {}) };
    return [...(engine().runKernel(kernel, tensors, attrs as never) as ReturnType<typeof tensor>).dataSync()];
  });
}

/** The graph that a trace of this one kernel call would record. */
function graphOf(kernel: KernelName, { inputs, attributes }: KernelCase): Graph {
  const row = kernelRows[kernel];
  const named = row.inputs.map((name, id) => {
    const { shape, dtype } = inputs[name] as Input;
    return { name, value: { id, shape, dtype } };
  });
  const values = named.map(({ value }) => value);
  const output = { ...row.type(values, attributes), id: named.length };
  return {
    state: [],
    inputs: named,
    constants: [],
    nodes: [{ kernel, attributes, inputs: values, output }],
    nextState: [],
    outputs: [{ name: 'result', value: output }],
  };
}

const wire: Readonly<Record<string, (values: number[]) => ConstantData>> = {
  float32: (values) => Float32Array.from(values),
  int32: (values) => Int32Array.from(values),
  bool: (values) => Uint8Array.from(values),
};

async function runCompiled(id: ExecutorId, kernel: KernelName, given: KernelCase): Promise<number[]> {
  const graph = graphOf(kernel, given);
  const specs = Object.fromEntries(
    graph.inputs.map(({ name, value }) => [name, { shape: value.shape, dtype: value.dtype as 'float32' }]),
  );
  const session = await createSession(executorOf(id), lowerCall(graph, specs));
  const feeds = graph.inputs.map(({ name, value }) => {
    const data = (wire[value.dtype] as (typeof wire)[string])((given.inputs[name] as Input).values);
    return [names.input(name), new ort.Tensor(value.dtype as 'float32', data as Float32Array, value.shape)];
  });
  const results = await session.run(Object.fromEntries(feeds));
  await session.release();
  const result = results[names.output('result')] as ort.Tensor;
  return Array.from(result.data as Float32Array, Number);
}

function expectClose(actual: number[], expected: number[]): void {
  expect(actual).toHaveLength(expected.length);
  const scale = Math.max(1, ...expected.map(Math.abs));
  const worst = Math.max(0, ...actual.map((value, i) => Math.abs(value - (expected[i] as number)) / scale));
  expect(worst).toBeLessThanOrEqual(TOLERANCE);
}

beforeAll(async () => {
  await setBackend('cpu');
  await useSoftwareGpu();
});

describe.each(executorIds)('%s', (id) => {
  test('can run here', async () => {
    expect(await probeExecutors([id])).toMatchObject([{ id, works: true }]);
  });

  test.each(Object.keys(kernelRows) as KernelName[])('%s equals TensorFlow.js', async (kernel) => {
    const property = fc.asyncProperty(fc.nat(), async (seed) => {
      const given = kernelCases[kernel](new RandomStream(seed, kernel));
      expectClose(await runCompiled(id, kernel, given), runEagerly(kernel, given));
    });
    await fc.assert(property, { seed: SEED, numRuns: runs[id] });
  });
});
