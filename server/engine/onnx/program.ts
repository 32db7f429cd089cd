import { createSession, type Executor, type LoweredCache } from '../executors';
import type { Graphs } from '../graphs';
import { sizeOf } from '../ir/tensors';
import { suit } from '../passes/suit';
import type { DataMap, ExecutorId, Program, SpecMap, TensorData, TensorSpec } from '../program';
import { lowerCall, lowerLoop, lowerReadState, names } from './lower';
import * as ort from './runtime';

/** One session for each kind of step and each call with so many rows; lowered and loaded when first asked for. */
class Sessions {
  private readonly known = new Map<string, Promise<ort.InferenceSession>>();

  constructor(
    private readonly graphs: Graphs,
    private readonly executor: Executor,
    private readonly cache: LoweredCache | undefined,
  ) {}

  /** Takes any number of steps of one kind in a run; the next state stays on the device. */
  step(name: string): Promise<ort.InferenceSession> {
    const { state } = this.graphs.definition;
    const { inputs } = this.graphs.stepDefinition(name);
    const lower = async () => lowerLoop(suit(await this.graphs.step(name), this.executor), inputs);
    return this.session(`step ${name}`, lower, Object.keys(state).map(names.next));
  }

  /** Runs one of the definition's calls with so many rows. */
  call(name: string, rows: number): Promise<ort.InferenceSession> {
    const { inputs } = this.graphs.callDefinition(name, rows);
    const lower = async () => lowerCall(suit(await this.graphs.call(name, rows), this.executor), inputs);
    return this.session(`call ${name} ${rows}`, lower);
  }

  /** Copies the state from the device to the host; null where the device is the processor. */
  reader(): Promise<ort.InferenceSession> | null {
    if (this.executor.device === 'cpu') return null;
    return this.session('reader', async () => lowerReadState(this.graphs.definition.state));
  }

  async release(): Promise<void> {
    for (const session of this.known.values()) await (await session).release();
    this.known.clear();
  }

  private session(
    key: string,
    lower: () => Promise<Uint8Array>,
    kept: readonly string[] = [],
  ): Promise<ort.InferenceSession> {
    const made = this.known.get(key) ?? this.make(key, lower, kept);
    this.known.set(key, made);
    made.catch(() => this.known.delete(key));
    return made;
  }

  private async make(
    key: string,
    lower: () => Promise<Uint8Array>,
    kept: readonly string[],
  ): Promise<ort.InferenceSession> {
    const name = `${key} ${this.executor.id}`;
    const known = await this.cache?.load(name);
    // A file that a full disk cut short must not keep a run from starting.
    const session = known && (await createSession(this.executor, known, kept).catch(() => null));
    if (session) return session;
    const model = await lower();
    await this.cache?.store(name, model);
    return createSession(this.executor, model, kept);
  }
}

/** A program on ONNX Runtime, whichever device it computes on. */
class OnnxProgram implements Program {
  private state: Record<string, ort.Tensor> = {};

  constructor(
    private readonly graphs: Graphs,
    private readonly device: Executor,
    private readonly sessions: Sessions,
  ) {}

  get executor(): ExecutorId {
    return this.device.id;
  }

  async setState(state: DataMap): Promise<void> {
    const tensors = Object.entries(this.graphs.definition.state).map(([name, spec]) => {
      const copy = state[name]?.slice();
      return [names.state(name), tensorOf(name, { ...spec, dtype: 'float32' }, [], copy)] as const;
    });
    this.release();
    this.state = Object.fromEntries(tensors);
  }

  async getState(): Promise<Record<string, Float32Array>> {
    const keys = Object.keys(this.graphs.definition.state);
    const reader = await this.sessions.reader();
    if (!reader)
      return Object.fromEntries(keys.map((name) => [name, floats(this.state[names.state(name)]).slice()]));
    const read = await reader.run(this.state);
    return Object.fromEntries(keys.map((name) => [name, floats(read[names.next(name)])]));
  }

  async train(step: string, count: number, inputs: DataMap): Promise<Record<string, Float32Array>> {
    const session = await this.sessions.step(step);
    const stacked = feedsOf(this.graphs.stepDefinition(step).inputs, inputs, [count]);
    const steps = new ort.Tensor('int64', BigInt64Array.of(BigInt(count)), []);
    const results = await session.run({ ...this.state, ...stacked, [names.steps]: steps });
    this.release();
    const keys = Object.keys(this.graphs.definition.state);
    const next = keys.map((name) => [names.state(name), results[names.next(name)] as ort.Tensor] as const);
    this.state = Object.fromEntries(next);
    return Object.fromEntries(outputsOf(results).map(([name, tensor]) => [name, floats(tensor)]));
  }

  async call(name: string, rows: number, inputs: DataMap): Promise<DataMap> {
    const session = await this.sessions.call(name, rows);
    const feeds = feedsOf(this.graphs.callDefinition(name, rows).inputs, inputs, []);
    const used = session.inputNames.filter((each) => each in this.state);
    const state = Object.fromEntries(used.map((each) => [each, this.state[each] as ort.Tensor]));
    const results = await session.run({ ...state, ...feeds });
    return Object.fromEntries(outputsOf(results).map(([key, tensor]) => [key, tensor.data as TensorData]));
  }

  async dispose(): Promise<void> {
    this.release();
    await this.sessions.release();
  }

  private release(): void {
    for (const tensor of Object.values(this.state)) tensor.dispose();
    this.state = {};
  }
}

/**
 * Compiles a definition for one of ONNX Runtime's devices; the step `train` at once, others when they are first run.
 * @param cache of lowered models, so that the next start needs no trace. @throws TraceError for what can't be compiled.
 */
export async function createOnnxProgram(
  graphs: Graphs,
  executor: Executor,
  cache?: LoweredCache,
): Promise<Program> {
  const sessions = new Sessions(graphs, executor, cache);
  await sessions.step('train');
  return new OnnxProgram(graphs, executor, sessions);
}

function floats(tensor: ort.Tensor | undefined): Float32Array {
  if (!tensor) throw new RangeError('The program has no state yet: call setState first');
  return tensor.data as Float32Array;
}

const outputPrefix = names.output('');

function outputsOf(results: ort.InferenceSession.OnnxValueMapType): [string, ort.Tensor][] {
  return Object.entries(results)
    .filter(([name]) => name.startsWith(outputPrefix))
    .map(([name, value]) => [name.slice(outputPrefix.length), value as ort.Tensor]);
}

function tensorOf(
  name: string,
  { shape, dtype, encoding }: TensorSpec,
  stack: readonly number[],
  data: TensorData | undefined,
): ort.Tensor {
  const dims = [...stack, ...shape];
  const type = encoding?.dtype ?? dtype;
  if (!data) throw new RangeError(`${name} is missing; expected ${type}[${dims}]`);
  if (data.length !== sizeOf(dims))
    throw new RangeError(`${name} has ${data.length} values; expected ${type}[${dims}]`);
  return new ort.Tensor(type, data as Float32Array, dims);
}

function feedsOf(specs: SpecMap, data: DataMap, stack: readonly number[]): Record<string, ort.Tensor> {
  const entries = Object.entries(specs).map(
    ([name, spec]) => [names.input(name), tensorOf(name, spec, stack, data[name])] as const,
  );
  return Object.fromEntries(entries);
}
