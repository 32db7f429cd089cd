import { expect } from 'vitest';
import type { RandomStream } from '@/lib/random';
import { compile } from '@/server/engine/compile';
import type { DataMap, ExecutorId, SpecMap, TensorData } from '@/server/engine/program';
import type { Model } from '@/server/models/model';
import { callEagerly, stepEagerly } from './eager';

type Floats = Readonly<Record<string, Float32Array>>;

/** The largest difference, as a part of the largest expected value. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual).toHaveLength(expected.length);
  let [scale, worst] = [1e-6, 0];
  for (let i = 0; i < expected.length; i++) {
    scale = Math.max(scale, Math.abs(expected[i] as number));
    worst = Math.max(worst, Math.abs((actual[i] as number) - (expected[i] as number)));
  }
  return worst / scale;
}

/** Every array within `tolerance`, and no name more or less. */
export function expectClose(actual: DataMap, expected: DataMap, tolerance: number): void {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, values] of Object.entries(expected)) {
    const error = relativeError(actual[name] as TensorData, values);
    expect(error, `${name} differs by ${error}`).toBeLessThanOrEqual(tolerance);
  }
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((size, n) => size * n, 1);

/** One step's or call's inputs: `fixed` where it names them, else random bytes and normal numbers. */
export function randomInputs(
  specs: SpecMap,
  random: RandomStream,
  fixed: Readonly<Record<string, (length: number) => TensorData>>,
): Record<string, TensorData> {
  const entries = Object.entries(specs).map(([name, { shape, encoding }]) => {
    const length = sizeOf(shape);
    if (fixed[name]) return [name, fixed[name](length)] as const;
    return [
      name,
      encoding
        ? Uint8Array.from({ length }, () => random.below(256))
        : Float32Array.from({ length }, () => random.normal()),
    ] as const;
  });
  return Object.fromEntries(entries);
}

/** Inputs of several steps behind one another. */
function stacked(steps: readonly Readonly<Record<string, TensorData>>[]): Record<string, TensorData> {
  const [first = {}] = steps;
  const entries = Object.keys(first).map((name) => {
    const parts = steps.map((step) => step[name] as TensorData);
    const [part] = parts as [TensorData];
    const all = new (part.constructor as new (length: number) => TensorData)(part.length * parts.length);
    parts.forEach((values, i) => {
      all.set(values, i * part.length);
    });
    return [name, all] as const;
  });
  return Object.fromEntries(entries);
}

interface Steps {
  readonly kind?: string;
  readonly steps: number;
  /** Of the largest value of each tensor. */
  readonly tolerance: number;
  inputsOf(step: number): Readonly<Record<string, TensorData>>;
}

/**
 * Trains compiled, in two calls so that the state also crosses the border between calls, and eagerly on
 * TensorFlow.js's CPU backend; states and metrics must agree.
 */
export async function expectSameSteps(id: ExecutorId, model: Model, given: Steps): Promise<void> {
  const { kind = 'train', steps, tolerance, inputsOf } = given;
  const inputs = Array.from({ length: steps }, (_, i) => inputsOf(i + 1));
  const program = await compile(model.definition, id);
  await program.setState(model.initialState());
  const half = Math.floor(steps / 2);
  const first = await program.train(kind, half, stacked(inputs.slice(0, half)));
  const second = await program.train(kind, steps - half, stacked(inputs.slice(half)));
  let expected: Floats = model.initialState();
  const metrics: Record<string, number[]> = {};
  for (const each of inputs) {
    const eager = await stepEagerly(model.definition, expected, each, kind);
    expected = eager.state;
    for (const [name, [value]] of Object.entries(eager.metrics))
      metrics[name] = [...(metrics[name] ?? []), value as number];
  }
  expectClose(await program.getState(), expected, tolerance);
  for (const [name, values] of Object.entries(metrics))
    expect(
      relativeError([...(first[name] ?? []), ...(second[name] ?? [])], values),
      name,
    ).toBeLessThanOrEqual(tolerance);
  await program.dispose();
}

/** One call, compiled and eager. */
export async function expectSameCall(
  id: ExecutorId,
  { definition, initialState }: Model,
  call: { readonly name: string; readonly rows: number; readonly tolerance: number },
  inputs: Readonly<Record<string, TensorData>>,
): Promise<void> {
  const program = await compile(definition, id);
  await program.setState(initialState());
  const result = await program.call(call.name, call.rows, inputs);
  expectClose(
    result,
    await callEagerly(definition, call.name, call.rows, initialState(), inputs),
    call.tolerance,
  );
  await program.dispose();
}
