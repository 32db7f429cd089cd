import '@tensorflow/tfjs-backend-cpu';
import { setBackend, tensor, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { RandomStream } from '@/lib/random';
import { compile } from '@/server/engine/compile';
import { executorOf } from '@/server/engine/executors';
import { Graphs } from '@/server/engine/graphs';
import { type KernelName, kernelRows } from '@/server/engine/ir/kernels';
import { createOnnxProgram } from '@/server/engine/onnx/program';
import type { ExecutorId, Program, ProgramDefinition } from '@/server/engine/program';
import { alwaysLoadable, loadableExecutors } from '../support/loadable';
import type { KernelCase } from './caseDraws';
import { kernelCases } from './kernelCases';
import { callKernel, outerType, programOf, specsOf } from './kernelPrograms';

const SEED = 20261123;
/** A software GPU takes tens of milliseconds to compile a shader, so it meets fewer cases. */
const cases: Readonly<Record<ExecutorId, number>> = {
  'onnx-cpu': 25,
  'onnx-webgpu': 3,
  'onnx-cuda': 25,
  tensorflow: 25,
};
/**
 * float32 carries 24 bits, 6e-8 relative; sums of up to 216 terms in another order and other
 * implementations of exp and tanh stay well below 1e-5 of the largest value.
 */
const TOLERANCE = 1e-5;
/** WGSL, and so a GPU, promises a cosine only to 2^-11, between -pi and pi. */
const COARSE = 2 ** -11;

function expected(kernel: KernelName, given: KernelCase): number[][] {
  return tidy(() => {
    const tensors = Object.entries(given.inputs).map(
      ([name, { values, shape, dtype }]) => [name, tensor(values, [...shape], outerType(dtype))] as const,
    );
    return callKernel(kernel, given, Object.fromEntries(tensors)).map((each) => [...each.dataSync()]);
  });
}

function expectClose(actual: number[], wanted: number[], tolerance: number, name: string): void {
  expect(actual, name).toHaveLength(wanted.length);
  const scale = Math.max(1, ...wanted.map(Math.abs));
  const worst = Math.max(0, ...actual.map((value, i) => Math.abs(value - (wanted[i] as number)) / scale));
  expect(worst, name).toBeLessThanOrEqual(tolerance);
}

async function expectSameResults(
  id: ExecutorId,
  kernel: KernelName,
  make: (definition: ProgramDefinition) => Promise<Program> = (definition) => compile(definition, id),
): Promise<void> {
  const given = Array.from({ length: cases[id] }, (_, i) =>
    kernelCases[kernel](new RandomStream(SEED, kernel, i)),
  );
  const program = await make(programOf(kernel, given));
  const tolerance = id === 'onnx-webgpu' && kernel === 'Cos' ? COARSE : TOLERANCE;
  await program.setState({ unused: new Float32Array(1) });
  for (const [i, each] of given.entries()) {
    const inputs = Object.entries(each.inputs).map(([name, { values, dtype }]) => {
      const data = dtype === 'float32' ? Float32Array.from(values) : Int32Array.from(values);
      return [name, data] as const;
    });
    const actual = await program.call(`case ${i}`, 1, Object.fromEntries(inputs));
    const name = `case ${i}: ${JSON.stringify({ ...specsOf(each), ...each.attributes })}`;
    const wanted = expected(kernel, each);
    expect(Object.keys(actual)).toHaveLength(wanted.length);
    for (const [k, values] of wanted.entries())
      expectClose(Array.from(actual[`result:${k}`] ?? []), values, each.exact ? 0 : tolerance, name);
  }
  await program.dispose();
}

await setBackend('cpu');
const loadable = await loadableExecutors();

test('the executors that need nothing else can run here', () => {
  expect(loadable).toEqual(expect.arrayContaining([...alwaysLoadable]));
});

describe.each(loadable)('%s', (id) => {
  test.each(Object.keys(kernelRows) as KernelName[])('%s equals TensorFlow.js', (kernel) =>
    expectSameResults(id, kernel),
  );
});

test.each(['Conv2D', 'Conv2DBackpropInput', 'Conv2DBackpropFilter'] as const)(
  '%s in slices of a batch equals TensorFlow.js',
  (kernel) =>
    expectSameResults('onnx-cpu', kernel, (definition) =>
      createOnnxProgram(new Graphs(definition), { ...executorOf('onnx-cpu'), patches: 1 }),
    ),
);
