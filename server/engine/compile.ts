import * as ort from 'onnxruntime-node';
import { type CompileOptions, createSession, type Executor, executorOf } from './executors';
import { type Graph, sizeOf } from './graph';
import { lowerCall, lowerLoop, lowerReadState, names } from './onnx/lower';
import { optimize } from './optimize';
import type {
  CallDefinition,
  DataMap,
  ExecutorId,
  Program,
  ProgramDefinition,
  SpecMap,
  StepDefinition,
  TensorData,
  TensorSpec,
} from './program';
import { trace } from './trace';

const traceStep = (state: SpecMap, { inputs, run }: StepDefinition): Promise<Graph> =>
  trace(state, inputs, (stateIn, inputsIn) => {
    const { state: next, metrics } = run(stateIn, inputsIn);
    return { state: next, outputs: metrics };
  });

const traceCall = (state: SpecMap, { inputs, run }: CallDefinition): Promise<Graph> =>
  trace(state, inputs, (stateIn, inputsIn) => ({ outputs: run(stateIn, inputsIn) }));

/**
 * Traces, optimizes and lowers a definition and loads it into an executor. Its state is undefined until
 * `setState`.
 * @throws TraceError for what can't be compiled, ExecutorError if the executor can't run here.
 */
export async function compile(
  definition: ProgramDefinition,
  id: ExecutorId,
  options: CompileOptions = {},
): Promise<Program> {
  const executor = executorOf(id, options);
  const { state, step, calls } = definition;
  const kept = Object.keys(state).map(names.next);
  const stepGraph = optimize(await traceStep(state, step));
  const training = await createSession(executor, lowerLoop(stepGraph, step.inputs), kept);
  const sessions = new Map<string, ort.InferenceSession>();
  for (const [name, call] of Object.entries(calls)) {
    const graph = optimize(await traceCall(state, call));
    sessions.set(name, await createSession(executor, lowerCall(graph, call.inputs)));
  }
  const reader = executor.device === 'cpu' ? null : await createSession(executor, lowerReadState(state));
  return new OnnxProgram(executor, definition, { training, calls: sessions, reader });
}

interface Sessions {
  readonly training: ort.InferenceSession;
  readonly calls: ReadonlyMap<string, ort.InferenceSession>;
  /** Copies state from a device to the host; null where it is on the host already. */
  readonly reader: ort.InferenceSession | null;
}

/** A program on ONNX Runtime, whichever device it computes on. */
class OnnxProgram implements Program {
  private state: Record<string, ort.Tensor> = {};

  constructor(
    private readonly device: Executor,
    private readonly definition: ProgramDefinition,
    private readonly sessions: Sessions,
  ) {}

  get executor(): ExecutorId {
    return this.device.id;
  }

  async setState(state: DataMap): Promise<void> {
    const tensors = Object.entries(this.definition.state).map(([name, spec]) => {
      const copy = state[name]?.slice();
      return [names.state(name), tensorOf(name, { ...spec, dtype: 'float32' }, [], copy)] as const;
    });
    this.release();
    this.state = Object.fromEntries(tensors);
  }

  async getState(): Promise<Record<string, Float32Array>> {
    const keys = Object.keys(this.definition.state);
    if (!this.sessions.reader)
      return Object.fromEntries(keys.map((name) => [name, floats(this.state[names.state(name)]).slice()]));
    const read = await this.sessions.reader.run(this.state);
    return Object.fromEntries(keys.map((name) => [name, floats(read[names.next(name)])]));
  }

  async train(steps: number, inputs: DataMap): Promise<Record<string, Float32Array>> {
    const stacked = feedsOf(this.definition.step.inputs, inputs, [steps]);
    const count = new ort.Tensor('int64', BigInt64Array.of(BigInt(steps)), []);
    const results = await this.sessions.training.run({ ...this.state, ...stacked, [names.steps]: count });
    this.release();
    const next = Object.keys(this.definition.state).map((name) => [name, results[names.next(name)]] as const);
    this.state = Object.fromEntries(next.map(([name, tensor]) => [names.state(name), tensor as ort.Tensor]));
    return Object.fromEntries(outputsOf(results).map(([name, tensor]) => [name, floats(tensor)]));
  }

  async call(name: string, inputs: DataMap): Promise<DataMap> {
    const session = this.sessions.calls.get(name);
    const call = this.definition.calls[name];
    if (!session || !call)
      throw new RangeError(`Unknown call ${name}; expected ${[...this.sessions.calls.keys()].join(', ')}`);
    const used = session.inputNames.filter((each) => each in this.state);
    const state = Object.fromEntries(used.map((each) => [each, this.state[each] as ort.Tensor]));
    const results = await session.run({ ...state, ...feedsOf(call.inputs, inputs, []) });
    return Object.fromEntries(outputsOf(results).map(([key, tensor]) => [key, tensor.data as TensorData]));
  }

  async dispose(): Promise<void> {
    this.release();
    const { training, calls, reader } = this.sessions;
    for (const session of [training, ...calls.values(), ...(reader ? [reader] : [])]) await session.release();
  }

  private release(): void {
    for (const tensor of Object.values(this.state)) tensor.dispose();
    this.state = {};
  }
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
