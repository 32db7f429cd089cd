import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pid, platform } from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import type { GeneratorReading } from '@/lib/protocol/generator';
import { limits } from '@/lib/protocol/limits';
import { createGenerators } from '@/server/processes/generators';
import { type Generators, SampleRefused } from '@/server/processes/runs/runs';
import { endless, generator, hungry } from '../support/onnxModels';

const built = fileURLToPath(new URL('../../dist/generator.js', import.meta.url));
const memoryBytes = 600 * 2 ** 20;

let generators: Generators | null = null;
function open(options: { loadMs?: number; sampleMs?: number; memoryBytes?: number } = {}): Generators {
  if (!existsSync(built)) throw new Error(`${built} is not built: run "npm run build" first (npm test does)`);
  generators = createGenerators({ file: built, memoryBytes, ...options });
  return generators;
}
afterEach(() => generators?.close());

const latentsOf = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);
const request = (...values: number[]) => ({ kind: 'images', latents: latentsOf(...values) }) as const;
const file = (hash: string, reading: GeneratorReading = {}) => ({ hash, reading });
const never = () => Promise.reject(new Error('The process should still hold it'));

async function refusal(promise: Promise<unknown>): Promise<string> {
  const error = await promise.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(SampleRefused);
  return (error as Error).message;
}

test('a file is tried, and its process draws', async () => {
  const process = open();
  const info = await process.check(file('a'), generator({ shape: [3, 4, 5] }));
  expect(info).toMatchObject({ latentSize: 4, height: 4, width: 5, channels: 3 });
  const result = await process.sample(file('a'), never, request(0, 0, 0, 0, 9, 0, 0, 0));
  expect(result).toMatchObject({ kind: 'images', step: 0, count: 2, height: 4, width: 5, channels: 3 });
  if (result.kind !== 'images') throw new Error('Images expected');
  // tanh(0) lies in the middle between black and white.
  expect([result.pixels[0], result.pixels[60]]).toEqual([128, 255]);
});

test('a process leaves nothing in the home or temporary folder, nor do packages', async () => {
  const home = await mkdtemp(join(tmpdir(), 'colatent-home-'));
  vi.stubEnv('HOME', home);
  vi.stubEnv('TMPDIR', home);
  try {
    await open().check(file('a'), generator());
    expect(await readdir(home)).toEqual([]);
  } finally {
    vi.unstubAllEnvs();
    await rm(home, { recursive: true });
  }
});

test.runIf(platform === 'linux')('a process knows nothing of the environment of the server', async () => {
  vi.stubEnv('SECRET_OF_THE_SERVER', 'a password');
  try {
    await open().check(file('a'), generator());
    const children = (await readFile(`/proc/self/task/${pid}/children`, 'utf8')).trim().split(' ');
    const environments = await Promise.all(
      children.map((child) => readFile(`/proc/${child}/environ`, 'utf8')),
    );
    expect(environments.some((each) => each.includes('PATH='))).toBe(true);
    expect(environments.join()).not.toContain('SECRET_OF_THE_SERVER');
  } finally {
    vi.unstubAllEnvs();
  }
});

test('questions at the same time are answered one after the other; a process is opened when asked', async () => {
  const process = open();
  let loads = 0;
  const load = async () => {
    loads += 1;
    return generator();
  };
  const all = await Promise.all([-9, 0, 9].map((x) => process.sample(file('a'), load, request(x, 0, 0, 0))));
  expect(all.map((each) => each.kind === 'images' && each.pixels[0])).toEqual([0, 128, 255]);
  expect(loads).toBe(1);
});

test('requests that do not fit are refused, and the process stays', async () => {
  const process = open();
  await process.check(file('large'), generator({ shape: [3, 512, 512] }));
  expect(await refusal(process.sample(file('large'), never, request(1, 2, 3)))).toContain(
    'rows of 4 float32',
  );
  expect(await refusal(process.sample(file('large'), never, request(1, 2, 3, Number.NaN)))).toContain(
    'finite',
  );
  const many = request(...new Array<number>(12).fill(0));
  expect(await refusal(process.sample(file('large'), never, many))).toBe(
    `At most ${Math.floor(limits.sampleBytes / (3 * 512 * 512))} images of this size at once, 3 were asked for`,
  );
  const text = { kind: 'text', prompt: '', length: 1, temperature: 1, seed: 1 } as const;
  expect(await refusal(process.sample(file('large'), never, text))).toBe('A generator only draws pictures');
  expect(await process.sample(file('large'), never, request(1, 2, 3, 4))).toMatchObject({ count: 1 });
});

test('a file that is no generator is refused with the reason, and leaves no process', async () => {
  const process = open();
  expect(await refusal(process.check(file('a'), Uint8Array.of(1, 2, 3)))).toContain('This is no ONNX model');
  expect(await process.check(file('a'), generator())).toMatchObject({ latentSize: 4 });
});

test('a model that never ends is ended after its time; the server goes on', async () => {
  const impatient = open({ loadMs: 4_000 });
  expect(await refusal(impatient.check(file('endless'), endless()))).toBe(
    'It took longer than 4 s and was ended. Bring a smaller one',
  );
  await impatient.close();
  const process = open();
  expect(await process.check(file('good'), generator())).toMatchObject({ latentSize: 4 });
});

test('a model that takes too much memory is ended or refused; the server goes on', async () => {
  const process = open();
  // A busy machine takes long to give that much.
  const ended = /^It took [\d,]+ MB of memory, more than it may|^It does not run|^It took longer than/;
  // 4 GB twice: more than allowed, but a machine may have it.
  expect(await refusal(process.check(file('hungry'), hungry(1e9)))).toMatch(ended);
  // 40 GB.
  expect(await refusal(process.check(file('insatiable'), hungry(1e10)))).toMatch(ended);
  expect(await process.check(file('good'), generator())).toMatchObject({ latentSize: 4 });
});

test('of many generators the last two are kept, and an unused one gives way', async () => {
  const process = open();
  for (const name of ['a', 'b', 'c']) await process.check(file(name), generator());
  let isLoaded = false;
  const load = async () => {
    isLoaded = true;
    return generator();
  };
  await process.sample(file('c'), never, request(0, 0, 0, 0));
  await process.sample(file('b'), never, request(0, 0, 0, 0));
  await process.sample(file('a'), load, request(0, 0, 0, 0));
  expect(isLoaded).toBe(true);
});

test('closing ends what is under way', async () => {
  const process = open();
  const asked = refusal(process.check(file('endless'), endless()));
  await process.close();
  expect(await asked).toBe('The server closes');
});
