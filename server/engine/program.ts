import type { Tensor } from '@tensorflow/tfjs-core';

/** Values that cross the engine's border; bool never does. Uint8 is only an encoding of inputs. */
export type TensorData = Float32Array | Int32Array | Uint8Array;
export type TensorMap = Record<string, Tensor>;
export type DataMap = Record<string, TensorData>;

export interface TensorSpec {
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
  /**
   * Bytes in, floats inside: the host passes uint8 and the graph computes `value * scale`, so images stay
   * a quarter of their size until the executor has them.
   */
  readonly encoding?: { readonly dtype: 'uint8'; readonly scale: number };
}
export type SpecMap = Readonly<Record<string, TensorSpec>>;
/** The tensors that specs describe, by the same names. */
export type TensorsOf<Specs extends SpecMap> = { readonly [Name in keyof Specs]: Tensor };

/** A pure function of the state and its inputs, in plain TensorFlow.js ops; reads no tensor's value. */
export interface CallDefinition<Inputs extends SpecMap = SpecMap> {
  readonly inputs: Inputs;
  run(state: TensorMap, inputs: TensorsOf<Inputs>): TensorMap;
}

/** One training step: the next state (every name of `state`) and scalar metrics. */
export interface StepDefinition<Inputs extends SpecMap = SpecMap> {
  readonly inputs: Inputs;
  run(state: TensorMap, inputs: TensorsOf<Inputs>): { state: TensorMap; metrics: TensorMap };
}

/** A call whose function gets its inputs typed by their specs. */
export const defineCall = <Inputs extends SpecMap>(call: CallDefinition<Inputs>): CallDefinition => call;
/** A training step whose function gets its inputs typed by their specs. */
export const defineStep = <Inputs extends SpecMap>(step: StepDefinition<Inputs>): StepDefinition => step;

/** What a model hands to the engine: everything static, so it can be traced once and compiled. */
export interface ProgramDefinition {
  /** Carried from step to step: weights, optimizer slots, running averages. float32 only. */
  readonly state: SpecMap;
  /** Kinds of training step by name; `train` is the usual one. */
  readonly steps: Readonly<Record<string, StepDefinition>> & { readonly train: StepDefinition };
  /** Sampling and evaluation over the same state, by name, for so many rows at once. */
  readonly calls: Readonly<Record<string, (rows: number) => CallDefinition>>;
}

/** A compiled program with its state on the executor's device. Calls must not overlap: await each one. */
export interface Program {
  readonly executor: ExecutorId;
  /** Replaces the whole state. @throws RangeError for a missing name or a wrong length. */
  setState(state: DataMap): Promise<void>;
  /** A copy of the whole state, on the host. */
  getState(): Promise<Record<string, Float32Array>>;
  /**
   * Runs `count` training steps of one kind in one call. Every step input is stacked: `[count, ...shape]`.
   * @returns for each metric its value at every step, `[count]`.
   */
  train(step: string, count: number, inputs: DataMap): Promise<Record<string, Float32Array>>;
  /** Runs one of the definition's calls on the present state; it is compiled when first called with so many rows. */
  call(name: string, rows: number, inputs: DataMap): Promise<DataMap>;
  /** Frees sessions and device memory; the program can't be used afterwards. */
  dispose(): Promise<void>;
}

export const executorIds = ['onnx-cpu', 'onnx-webgpu', 'onnx-cuda', 'tensorflow'] as const;
export type ExecutorId = (typeof executorIds)[number];

/** The requested executor can't run here; `message` says why and what would help. */
export class ExecutorError extends Error {
  override readonly name = 'ExecutorError';
}

/** The result of trying an executor. */
export interface Probe {
  readonly id: ExecutorId;
  readonly works: boolean;
  /** What was found, or what went wrong. */
  readonly detail: string;
  /** What to do so that it works; empty if it does. */
  readonly hint: string;
}
