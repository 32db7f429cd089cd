import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { inEnglish } from '@/lib/text/sentence';
import { Pool } from '@/server/processes/runs/pool';
import type { Runs } from '@/server/processes/runs/runs';
import { createRuns } from '@/server/processes/runs/scheduler';
import { Recorder, specOf, workerFile } from '../support/worker';

/** Every process that the pool has launched. */
const forked = vi.hoisted((): ChildProcess[] => []);
vi.mock('node:child_process', async (original) => {
  const real = await original<typeof import('node:child_process')>();
  const fork = (...given: Parameters<typeof real.fork>) => {
    const child = real.fork(...given);
    forked.push(child);
    return child;
  };
  return { ...real, fork };
});
const alive = () => forked.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);

let runs: Runs;
afterEach(async () => {
  vi.useRealTimers();
  await runs.close();
  expect(alive(), 'processes left').toEqual([]);
  forked.length = 0;
});

const small = { hiddenUnits: [8], codingSize: 2, validationShare: 1, epochs: 1000 };

function make(limit: number, file = workerFile()): void {
  runs = createRuns({ limit, workerFile: file, executor: 'onnx-cpu', dataDir: '/nowhere' });
}

function start(id: string, values: Record<string, unknown> = {}): Recorder {
  const run = new Recorder();
  runs.start(specOf(id, { ...small, ...values }), run, { begin: 'train' });
  return run;
}

const queued = (place: number) => ({ state: 'queued', place });

test('S1 runs beyond the limit queue in the order they came, and each knows its place', async () => {
  make(1);
  const [first, second, third, fourth] = [start('1'), start('2'), start('3'), start('4')];
  expect(first.last?.state).toBe('starting');
  expect([second, third, fourth].map((run) => run.last)).toEqual([1, 2, 3].map(queued));
  runs.discard('3');
  expect(fourth.last).toEqual(queued(2));
  await first.reaches('training');
  runs.stop('1');
  await first.reaches('stopped');
  expect(second.last?.state).toBe('starting');
  expect(fourth.last).toEqual(queued(1));
  runs.stop('4');
  expect(fourth.last).toEqual({ state: 'stopped', step: 0 });
  expect(third.statuses).toEqual([queued(2)]);
  await second.reaches('training');
});

test('S1 as many as the limit train at once', async () => {
  make(2);
  const [first, second, third] = [start('1'), start('2'), start('3')];
  await Promise.all([first.until(() => first.step > 0), second.until(() => second.step > 0)]);
  expect(third.last).toEqual(queued(1));
});

test('S2 a paused run keeps its process until somebody queues for it; then it can start again from its checkpoint', async () => {
  make(1);
  const first = start('1');
  await first.until(() => first.step > 3);
  runs.pause('1');
  await first.reaches('paused');
  expect(runs.has('1')).toBe(true);
  const second = start('2');
  expect(second.last?.state).toBe('starting');
  expect(runs.has('1')).toBe(false);
  expect(first.last?.state).toBe('paused');
  const from = first.checkpoints.at(-1);
  expect(from?.step).toBe(first.step);
  const again = new Recorder();
  runs.start(specOf('1', small), again, { begin: 'step', from });
  expect(again.last).toEqual(queued(1));
  runs.discard('2');
  await again.reaches('paused');
  expect(again.last).toMatchObject({ step: first.step + 1 });
});

test('S2 a run paused while others queue gives its process to the first of them', async () => {
  make(1);
  const first = start('1');
  const second = start('2');
  await first.until(() => first.step > 0);
  runs.pause('1');
  await second.reaches('training');
  expect(first.last?.state).toBe('paused');
  expect(runs.has('1')).toBe(false);
});

test('S3 a changed learning rate reaches a run that still queues', async () => {
  make(1);
  start('1');
  const second = start('2', { optimizer: 'momentum', loss: 'mean-squared-error', activation: 'linear' });
  runs.setLive('2', { learningRate: 1e30 });
  runs.discard('1');
  await second.until(() => second.last?.state === 'failed');
  expect(second.last).toMatchObject({ failure: { code: 'not-finite' } });
});

/** What a process is told from now on: the kinds of messages, with the coding size where a recipe comes along. */
function listenTo(child: ChildProcess | undefined): string[] {
  const heard: string[] = [];
  if (!child) throw new Error('There is no such process');
  vi.spyOn(child, 'send').mockImplementation((message) => {
    const { kind, recipe } = message as { kind: string; recipe?: { values: { codingSize: number } } };
    heard.push(recipe ? `${kind} ${recipe.values.codingSize}` : kind);
    return true;
  });
  return heard;
}

test('S8 the spare process hears of the newest recipe, and gets its run', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  make(2);
  const heard = listenTo(forked[0]);
  for (const codingSize of [2, 3, 4]) runs.expect(specOf('run', { ...small, codingSize }).recipe);
  expect(heard).toEqual(['expect 2']);
  vi.advanceTimersByTime(500);
  expect(heard).toEqual(['expect 2', 'expect 4']);
  vi.advanceTimersByTime(500);
  start('1');
  expect(heard).toEqual(['expect 2', 'expect 4', 'start']);
});

test('S8 a spare process in which TensorFlow has settled on other threads makes way', async () => {
  make(1);
  const before = forked.length;
  const pool = new Pool(workerFile());
  const prepare = (executor: 'tensorflow' | 'onnx-cpu', threads: number) =>
    pool.prepare({ kind: 'expect', recipe: specOf('run').recipe, executor, threads, dataDir: '/nowhere' });
  const processes = () => forked.length - before;
  prepare('onnx-cpu', 1);
  prepare('tensorflow', 1);
  prepare('onnx-cpu', 2);
  prepare('tensorflow', 1);
  expect(processes()).toBe(1);
  prepare('tensorflow', 2);
  expect(processes()).toBe(2);
  const taken = pool.take({ executor: 'tensorflow', threads: 1 });
  expect(processes()).toBe(3);
  pool.warm();
  expect(pool.take({ executor: 'tensorflow', threads: 4 })).not.toBe(taken);
  expect(processes()).toBe(4);
  await pool.close();
});

test('S8 nothing gets ready while something trains', async () => {
  make(2);
  const run = start('1');
  await run.until(() => run.step > 0);
  const heard = listenTo(forked.at(-1));
  runs.expect(specOf('2', small).recipe);
  runs.pause('1');
  await run.reaches('paused');
  expect(heard).toEqual([]);
  runs.discard('1');
  runs.expect(specOf('2', { ...small, codingSize: 7 }).recipe);
  await vi.waitFor(() => expect(heard).toEqual(['expect 7']));
});

test('S4 a discarded run says nothing more', async () => {
  make(1);
  const run = start('1');
  await run.until(() => run.step > 0);
  runs.discard('1');
  const seen = [run.statuses.length, run.frames.length, run.checkpoints.length];
  const next = start('2');
  await next.until(() => next.step > 0);
  expect([run.statuses.length, run.frames.length, run.checkpoints.length]).toEqual(seen);
  expect(runs.has('1')).toBe(false);
});

test('S5 a run whose process is killed fails, says where it stands and gives way to the next', async () => {
  make(1);
  const first = start('1');
  const second = start('2');
  await first.until(() => first.step > 0);
  forked[0]?.kill('SIGKILL'); // launched as the spare, it trains the first run
  await first.until(() => first.last?.state === 'failed');
  expect(first.last).toMatchObject({ state: 'failed', step: 0, failure: { code: 'worker' } });
  expect(JSON.stringify(first.last)).toContain('SIGKILL');
  await second.reaches('training');
});

test('S5 a worker that cannot be started fails its run', async () => {
  make(1, '/nowhere/worker.js');
  const run = start('1');
  await run.until(() => run.last?.state === 'failed');
  expect(run.last).toMatchObject({ failure: { code: 'worker' } });
});

test('S6 closing checkpoints what trains and leaves no process', async () => {
  make(2);
  const [first, second] = [start('1'), start('2')];
  await Promise.all([first.until(() => first.step > 0), second.until(() => second.step > 0)]);
  const states = [first.statuses.length, second.statuses.length];
  await runs.close();
  for (const run of [first, second]) expect(run.checkpoints.at(-1)?.step).toBe(run.step);
  expect([first.statuses.length, second.statuses.length]).toEqual(states);
  expect(alive()).toEqual([]);
});

test('S6 a worker ends when its server is killed', async () => {
  make(1); // for afterEach
  const forks = `const { fork } = require('node:child_process');
    const child = fork(${JSON.stringify(workerFile())}, { serialization: 'advanced' });
    child.once('message', () => console.log(child.pid));`;
  const server = spawn(process.execPath, ['-e', forks], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(server.stdout, 'data');
  const pid = Number(String(line));
  server.kill('SIGKILL');
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), { timeout: 30_000 });
});

test('S7 the executor is chosen in the background, and runs start meanwhile', async () => {
  runs = createRuns({ limit: 1, workerFile: workerFile(), executor: 'auto', dataDir: '/nowhere' });
  const run = start('1');
  await run.until(() => run.step > 0);
  expect(run.statuses).toContainEqual({ state: 'training', step: 0, executor: 'onnx-cpu' });
  await vi.waitFor(() => expect(alive()).toHaveLength(2), { timeout: 60_000 });
});

test('S5 a worker that gives no sign of life is killed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'colatent-silent-'));
  const silent = join(folder, 'worker.mjs');
  await writeFile(silent, 'setInterval(() => {}, 1000);');
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  make(1, silent);
  const run = start('1');
  vi.advanceTimersByTime(40_000);
  await run.until(() => run.last?.state === 'failed');
  if (run.last?.state !== 'failed') throw new Error('unreachable');
  expect(run.last).toMatchObject({ failure: { code: 'worker' } });
  expect(inEnglish(run.last.failure.message)).toContain('no sign of life for 30 s');
  await runs.close();
  expect(vi.getTimerCount()).toBe(0);
  await rm(folder, { recursive: true });
});
