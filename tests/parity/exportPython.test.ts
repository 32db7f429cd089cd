import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Graphs } from '@/server/engine/graphs';
import { weightShapes } from '@/server/engine/onnx/export';
import { writeSafetensors } from '@/server/engine/safetensors';
import { type ExportedFile, exportedFiles, subjects } from '../support/exports';
import { pythonObstacle, runPython } from '../support/python';

test("Python's onnx.checker, onnxruntime and safetensors take every file", async ({ skip }) => {
  const reason = await pythonObstacle('numpy', 'onnx', 'onnxruntime', 'safetensors');
  skip(reason !== '', reason);
  const folder = await mkdtemp(join(tmpdir(), 'colatent-export-'));
  const files: ExportedFile[] = [];
  for (const subject of subjects) files.push(...(await exportedFiles(subject)));
  const manifest = files.map(({ trials }, i) => ({ file: `${i}.onnx`, trials }));
  await Promise.all(files.map(({ bytes }, i) => writeFile(join(folder, `${i}.onnx`), bytes)));
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  const { definition, initialState } = (subjects[0] as (typeof subjects)[number]).model;
  const shapes = await weightShapes(new Graphs(definition));
  const state = initialState();
  const tensors = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, { shape, data: state[name] as Float32Array }]),
  );
  const metadata = { model: 'autoencoder', step: '12', note: 'Zürich "å"' };
  await writeFile(join(folder, 'weights.safetensors'), writeSafetensors({ tensors, metadata }));
  const plain = Object.entries(tensors).map(
    ([name, { shape, data }]) => [name, { shape, data: [...data] }] as const,
  );
  await writeFile(
    join(folder, 'weights.json'),
    JSON.stringify({ tensors: Object.fromEntries(plain), metadata }),
  );
  const checked = await runPython('check_exports.py', folder);
  expect(checked).toEqual([{ models: files.length, tensors: plain.length }]);
  await rm(folder, { recursive: true });
});
