import '@tensorflow/tfjs-backend-cpu';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { RandomStream } from '@/lib/random';
import { executorOf } from '@/server/engine/executors';
import { Graphs } from '@/server/engine/graphs';
import { type KernelName, kernelRows } from '@/server/engine/ir/kernels';
import { lowerCall } from '@/server/engine/onnx/lower';
import { operatorsOf } from '@/server/engine/onnx/proto';
import { suit } from '@/server/engine/passes/suit';
import { lowerCall as lowerToTensorflow } from '@/server/engine/tensorflow/lower';
import { decodeSavedModel } from '@/server/engine/tensorflow/proto';
import { kernelCases } from './kernelCases';
import { programOf } from './kernelPrograms';

const file = fileURLToPath(new URL('../../server/engine/FEATURES.md', import.meta.url));
const onnx = ['onnx-cpu', 'onnx-webgpu', 'onnx-cuda'] as const;

/** What only brings numbers in and out. */
const plumbing: ReadonlySet<string> = new Set([
  'Identity',
  'Cast',
  'Const',
  'Placeholder',
  'IdentityN',
  'NoOp',
]);

function cell(operators: readonly string[]): string {
  const own = [...new Set(operators)].filter((each) => !plumbing.has(each));
  return own.length === 0 ? 'as it is' : own.join(', ');
}

async function rowOf(kernel: KernelName): Promise<string> {
  const given = kernelCases[kernel](new RandomStream(1, kernel));
  const graphs = new Graphs(programOf(kernel, [given]));
  const graph = await graphs.call('case 0', 1);
  const { inputs } = graphs.callDefinition('case 0', 1);
  const cells = onnx.map((id) => cell(operatorsOf(lowerCall(suit(graph, executorOf(id)), inputs))));
  const { nodes } = decodeSavedModel(lowerToTensorflow(graph, inputs));
  return [kernel, ...cells, cell(nodes.map(({ op }) => op))].join(' | ');
}

async function table(): Promise<string> {
  const rows: string[] = [];
  for (const kernel of Object.keys(kernelRows) as KernelName[]) rows.push(`| ${await rowOf(kernel)} |`);
  return [
    '# Kernels by executor',
    '',
    "What a model may use, by the names of TensorFlow.js, and the operators that each executor runs for it. Names with an underscore are the engine's own.",
    'Made from the code for one example of each kernel, and held to it by `tests/parity/features.test.ts`: `COLATENT_WRITE=1 npm test -- features` writes it anew.',
    '',
    '| kernel | onnx-cpu | onnx-webgpu | onnx-cuda | tensorflow |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

test('FEATURES.md says what the code does', async () => {
  const now = await table();
  if (process.env.COLATENT_WRITE) await writeFile(file, now);
  expect(await readFile(file, 'utf8')).toBe(now);
});
