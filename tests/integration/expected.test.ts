import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { modelIds } from '@/lib/catalog/models';
import { Expected } from '@/server/worker/expected';
import type { Basis } from '@/server/worker/messages';
import { type Prepared, prepare } from '@/server/worker/prepare';
import { numbersOf } from '@/server/worker/task';
import { smallValues, specFor, specOf } from '../support/worker';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'colatent-expected-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

const labels: string[] = [];
const report = ({ label }: { label: string }) => void labels.push(label);
beforeEach(() => void labels.splice(0));

function basisOf(recipe: Basis['recipe'], place: Partial<Basis> = {}): Basis {
  return { recipe, executor: 'onnx-cpu', threads: 1, dataDir, ...place };
}

/** The state after two steps. */
async function trained({ task, program }: Prepared, { recipe }: Basis) {
  await program.train('train', 2, task.feed(1, 2, numbersOf(recipe.values)));
  return program.getState();
}

test.each(modelIds)('S8 a %s that was expected trains as any other, bit for bit', async (model) => {
  const basis = basisOf(specFor(model, 'run', smallValues[model]).recipe);
  const expected = new Expected(basis, null);
  const taken = await expected.take(basis, report);
  if (!taken) throw new Error('Nothing was prepared');
  const other = await prepare(basis, null, () => {});
  expect(await trained(taken, basis)).toEqual(await trained(other, basis));
  await taken.program.dispose();
  await other.program.dispose();
});

test('S8 live values make no other run, all else does', async () => {
  const basis = basisOf(specOf('run', { ...smallValues.autoencoder, learningRate: 1 }).recipe);
  const other = basisOf(specOf('run', { ...smallValues.autoencoder, learningRate: 2 }).recipe);
  const larger = basisOf(specOf('run', { ...smallValues.autoencoder, codingSize: 7 }).recipe);
  const expected = new Expected(basis, null);
  expect([other, larger, { ...basis, threads: 2 }].map((each) => expected.isFor(each))).toEqual([
    true,
    false,
    false,
  ]);
  expect(await expected.take(larger, report)).toBeNull();
  expect(await expected.take(basis, report)).toBeNull();
});

test('S8 who comes while it gets ready hears how far it is', async () => {
  const basis = basisOf(specOf('run', smallValues.autoencoder).recipe);
  const taken = await new Expected(basis, null).take(basis, report);
  expect(labels).toContain('Compiling the model');
  await taken?.program.dispose();
});

test('S8 another recipe takes the place of one that gets ready', async () => {
  const basis = basisOf(specOf('run', smallValues.autoencoder).recipe);
  const next = basisOf(specOf('run', { ...smallValues.autoencoder, codingSize: 7 }).recipe);
  const before = new Expected(basis, null);
  const taken = await new Expected(next, before).take(next, report);
  expect(taken?.task.model.definition.state).toHaveProperty('decoder/0/kernel');
  expect(await before.take(basis, report)).toBeNull();
  await taken?.program.dispose();
});

test('S8 nothing is downloaded for a run that may never come', async () => {
  const asked: (string | undefined)[] = [];
  const mirror = createServer((request, response) => {
    asked.push(request.url);
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => {
    mirror.listen(0, '127.0.0.1', resolve);
  });
  const datasets = `http://127.0.0.1:${(mirror.address() as AddressInfo).port}`;
  const basis = basisOf(specOf('run', smallValues.autoencoder, 'fashion-mnist').recipe, { datasets });
  expect(await new Expected(basis, null).take(basis, report)).toBeNull();
  expect(asked).toEqual([]);
  mirror.close();
});
