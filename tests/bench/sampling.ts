import { availableParallelism, tmpdir } from 'node:os';
import { defaultValues, type ModelId } from '@/lib/catalog/models';
import { prepare } from '@/server/worker/prepare/prepare';
import { recipeOf } from './cases';
import { dataFolder, median, report, round } from './report';

const rounds = 15;

/** A program with fresh weights: how well it is trained changes nothing in how fast it samples. */
async function programOf(model: ModelId) {
  const recipe = recipeOf({ model, values: {}, limits: {} }, 32);
  const basis = {
    recipe,
    executor: 'onnx-cpu',
    threads: availableParallelism(),
    datasets: dataFolder(),
    dataDir: tmpdir(),
  } as const;
  return prepare(basis, null, () => {});
}

async function medianMs(run: () => Promise<unknown>): Promise<number> {
  await run();
  const times: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const began = performance.now();
    await run();
    times.push(performance.now() - began);
  }
  return median(times);
}

async function characters(): Promise<void> {
  const length = 1000;
  const { task, program } = await programOf('char-rnn');
  const observer = task.observe('bench', program);
  const request = { kind: 'text', prompt: '', length, temperature: 0.7, seed: 1 } as const;
  const perSecond = (1000 * length) / (await medianMs(() => observer.sample(request, 0)));
  const limit = 5000;
  report({
    bench: 'sampling',
    model: 'char-rnn',
    charactersPerSecond: Math.round(perSecond),
    limit,
    ok: perSecond >= limit,
  });
  await program.dispose();
}

async function images(model: 'gan' | 'dcgan' | 'stylegan', limits: Readonly<Record<number, number>>) {
  const { task, program } = await programOf(model);
  const observer = task.observe('bench', program);
  const size = defaultValues(model).codingSize as number;
  for (const batch of [1, 64]) {
    const latents = new Uint8Array(Float32Array.from({ length: batch * size }, () => Math.random()).buffer);
    const ms = await medianMs(() => observer.sample({ kind: 'images', latents }, 0));
    const limit = limits[batch];
    report({
      bench: 'sampling',
      model,
      batch,
      ms: round(ms, 2),
      ...(limit !== undefined && { limit, ok: ms <= limit }),
    });
  }
  await program.dispose();
}

await characters();
await images('gan', {});
await images('dcgan', { 1: 2, 64: 25 });
await images('stylegan', {});
