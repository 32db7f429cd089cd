import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { keep, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import type { DataMap, SpecMap, TensorMap } from '@/server/engine/program';
import { loadTask } from '@/server/worker/prepare/prepare';
import { numbersOf, type Task } from '@/server/worker/training/task';
import { chosenCases, recipeOf } from '../cases';
import { dataFolder, options } from '../report';

/**
 * The same models in eager TensorFlow.js on its own native backend, in a process that talks with the benchmark
 * like the Python peers do. Ends with status 2 where neither tfjs-node-gpu nor tfjs-node loads.
 */
const packages = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'];
const roundMs = 1500;

/** @returns the version of the package that has become TensorFlow.js's backend. */
function loadBackend(): string | null {
  const load = createRequire(import.meta.url);
  for (const name of packages) {
    try {
      return (load(name) as { version: Record<string, string> }).version['tfjs-node'] ?? name;
    } catch {}
  }
  return null;
}

/** One step's inputs as tensors, of values that may be stacked. */
const tensorsOf = (specs: SpecMap, data: DataMap): TensorMap =>
  Object.fromEntries(
    Object.entries(specs).map(([name, { shape, dtype, encoding }]) => {
      const values = Float32Array.from(data[name] ?? [], (value) => value * (encoding?.scale ?? 1));
      return [name, tensor(values, [...shape], dtype)];
    }),
  );

/** Training step by step: new state in, old state out of memory. */
class Training {
  private state: TensorMap;
  private done = 0;

  constructor(
    private readonly task: Task,
    private readonly live: Readonly<Record<string, number>>,
  ) {
    this.state = tensorsOf(task.model.definition.state, task.model.initialState());
  }

  run(steps: number): void {
    const { inputs, run } = this.task.model.definition.steps.train;
    for (let i = 0; i < steps; i++) {
      this.done += 1;
      const fed = this.task.feed(this.done, 1, this.live);
      const next = tidy(() => {
        const { state } = run(this.state, tensorsOf(inputs, fed));
        return Object.fromEntries(Object.entries(state).map(([name, value]) => [name, keep(value)]));
      });
      const kept = new Set(Object.values(next));
      for (const old of Object.values<Tensor>(this.state)) if (!kept.has(old)) old.dispose();
      this.state = next;
    }
    // The backend may still be at work until something is read.
    Object.values<Tensor>(this.state)[0]?.dataSync();
  }
}

const secondsOf = (training: Training, steps: number): number => {
  const began = performance.now();
  training.run(steps);
  return performance.now() - began;
};

async function serve(version: string): Promise<void> {
  const found = chosenCases().find(({ variant }) => variant === options.variant);
  if (!found) throw new RangeError(`Unknown variant ${options.variant}`);
  const recipe = recipeOf(found, Number(options.batch));
  const task = await loadTask({ recipe, dataDir: '', datasets: dataFolder() }, () => {});
  const training = new Training(task, numbersOf(recipe.values));
  training.run(1);
  const steps = Math.ceil(roundMs / secondsOf(training, 1));
  console.log(JSON.stringify({ version }));
  for await (const _ of createInterface({ input: process.stdin }))
    console.log(JSON.stringify({ stepMs: secondsOf(training, steps) / steps }));
}

const version = loadBackend();
if (version === null) process.exit(2);
void serve(version);
