import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { modelIds } from '@/lib/catalog/models';
import type { Progress } from '@/lib/runs/status';
import { inEnglish } from '@/lib/text/sentence';
import type { Basis } from '@/server/wire/messages';
import { Expected } from '@/server/worker/prepare/expected';
import { type Prepared, prepare } from '@/server/worker/prepare/prepare';
import { numbersOf } from '@/server/worker/training/task';
import { smallValues, specFor, specOf } from '../support/worker';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'colatent-expected-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

const labels: string[] = [];
const report = ({ label }: Progress) => void labels.push(inEnglish(label));
beforeEach(() => void labels.splice(0));

function basisOf(recipe: Basis['recipe'], place: Partial<Basis> = {}): Basis {
  return { recipe, executor: 'onnx-cpu', threads: 1, dataDir, ...place };
}

/** The state after two steps. */
async function trained({ task, program }: Prepared, { recipe }: Basis) {
  await program.train('train', 2, task.feed(1, 2, numbersOf(recipe.values)));
  return program.getState();
}

test.each(modelIds)(
  'S8 a run of %s on what was prepared, first picture and all, is bit for bit any other',
  async (model) => {
    const basis = basisOf(specFor(model, 'run', smallValues[model]).recipe);
    const expected = new Expected(basis, null);
    const ready = await expected.ready;
    const taken = await expected.take(basis, report);
    if (!taken) throw new Error('Nothing was prepared');
    expect(taken).toBe(ready);
    const other = await prepare(basis, null, () => {});
    expect(await trained(taken, basis)).toEqual(await trained(other, basis));
    await taken.program.dispose();
    await other.program.dispose();
  },
);

test('S8 what was prepared for another run is let go', async () => {
  const basis = basisOf(specOf('run', smallValues.autoencoder).recipe);
  const larger = basisOf(specOf('run', { ...smallValues.autoencoder, codingSize: 7 }).recipe);
  const [taken, replaced] = [new Expected(basis, null), new Expected(basis, null)];
  const disposals = [await taken.ready, await replaced.ready].map((prepared) => {
    if (!prepared) throw new Error('Nothing was prepared');
    return vi.spyOn(prepared.program, 'dispose');
  });
  expect(await taken.take(larger, report)).toBeNull();
  const next = await new Expected(larger, replaced).ready;
  await vi.waitFor(() => expect(disposals.map((dispose) => dispose.mock.calls.length)).toEqual([1, 1]));
  await next?.program.dispose();
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
  await (await expected.take(other, report))?.program.dispose();
});

test('S8 who comes while it gets ready hears how far it is', async () => {
  const basis = basisOf(specOf('run', smallValues.autoencoder).recipe);
  const taken = await new Expected(basis, null).take(basis, report);
  expect(labels).toContain('Compiling the model');
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
