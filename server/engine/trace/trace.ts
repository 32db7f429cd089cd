import '@tensorflow/tfjs-core/dist/register_all_gradients';
import {
  type BackendValues,
  type DataId,
  type DataType,
  engine,
  KernelBackend,
  registerBackend,
  registerKernel,
  setBackend,
  type Tensor,
  type TensorInfo,
  tidy,
} from '@tensorflow/tfjs-core';
import { type Constant, type Graph, type GraphNode, type Named, verify } from '../ir/graph';
import { type KernelName, kernelRows } from '../ir/kernels';
import { type Attribute, type Attributes, type DType, sizeOf, type Value } from '../ir/tensors';
import type { SpecMap, TensorMap } from '../program';
import type { ScanStep } from './scan';

const BACKEND = 'colatent-trace';

/** Something in a model that can't be compiled; names the op and the model's line that called it. */
export class TraceError extends Error {
  override readonly name = 'TraceError';
}

/** The innermost stack line outside TensorFlow.js and this folder: the model's own. */
function modelLine(stack: string | undefined): string {
  const lines = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const own = lines.find((line) => !/tfjs|node_modules|server[\\/]engine[\\/]|node:internal/.test(line));
  return own?.trim() ?? 'at an unknown line';
}

/** Collects what one trace records. */
class Recording {
  readonly constants: Constant[] = [];
  readonly nodes: GraphNode[] = [];
  private readonly values = new Map<DataId, Value>();
  private count = 0;

  make(shape: readonly number[], dtype: DType): Value {
    const value = { id: this.count, shape: [...shape], dtype };
    this.count += 1;
    return value;
  }

  bind(value: Value): DataId {
    const dataId = {};
    this.values.set(dataId, value);
    return dataId;
  }

  lookUp(dataId: DataId): Value {
    const value = this.values.get(dataId);
    if (!value)
      throw new TraceError(
        `A tensor from outside the trace was used; pass it as an input (to a scan: as captured), ${modelLine(new Error().stack)}`,
      );
    return value;
  }

  producer(dataId: DataId): string {
    const value = this.values.get(dataId);
    return this.nodes.find((node) => node.outputs.some((output) => output === value))?.kernel ?? 'an input';
  }
}

let recording: Recording | null = null;

function current(): Recording {
  if (!recording) throw new TraceError('The tracing backend computes nothing outside a trace');
  return recording;
}

function dtypeOf(dtype: DataType): DType {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return dtype;
  throw new TraceError(
    `A model may use float32, int32 and bool, not ${dtype}, ${modelLine(new Error().stack)}`,
  );
}

const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array };

/** A TensorFlow.js backend that computes nothing: each kernel records one node. */
class TraceBackend extends KernelBackend {
  override write(values: BackendValues, shape: number[], dtype: DataType): DataId {
    const value = current().make(shape, dtypeOf(dtype));
    const data = arrays[value.dtype].from((values ?? []) as ArrayLike<number>);
    current().constants.push({ value, data });
    return current().bind(value);
  }

  override readSync(dataId: DataId): never {
    const from = current().producer(dataId);
    throw new TraceError(
      `A step can't read values while it is traced; it read the result of ${from} ${modelLine(new Error().stack)}`,
    );
  }

  override async read(dataId: DataId): Promise<never> {
    return this.readSync(dataId);
  }

  override disposeData = () => true;
  override incRef = () => {};
  override refCount = () => 1;
  override numDataIds = () => 0;
  override memory = () => ({ unreliable: true, reasons: [] });
  override floatPrecision = (): 32 => 32;
  override epsilon = () => 1e-7;
  override dispose = () => {};
}

/** A scan's step, as its kernel gets it. */
interface ScanAttributes extends Record<string, unknown> {
  readonly states: number;
  readonly sequences: number;
  readonly step: ScanStep;
}

/** Traces a scan's step by itself: inside, the carried values, slices and captured values are its inputs. */
function traceBody(inputs: readonly TensorInfo[], { states, sequences, step }: ScanAttributes): Graph {
  const outer = current();
  const of = new Recording();
  const placeholder = (name: string, { shape, dtype }: Pick<TensorInfo, 'shape' | 'dtype'>) => {
    const value = of.make(shape, dtypeOf(dtype));
    const info = { dataId: of.bind(value), shape: [...shape], dtype };
    return { name, value, tensor: engine().makeTensorFromTensorInfo(info) };
  };
  const carried = inputs.slice(0, states).map((info, i) => placeholder(`carried:${i}`, info));
  const slices = inputs
    .slice(states, states + sequences)
    .map(({ shape, dtype }, i) => placeholder(`slice:${i}`, { shape: shape.slice(1), dtype }));
  const captured = inputs.slice(states + sequences).map((info, i) => placeholder(`captured:${i}`, info));
  recording = of;
  try {
    const tensors = [carried, slices, captured].map((each) => each.map(({ tensor }) => tensor));
    const result = step(...(tensors as [Tensor[], Tensor[], Tensor[]]));
    const named = (kind: string) => (tensor: Tensor, i: number) => ({
      name: `${kind}:${i}`,
      value: of.lookUp(tensor.dataId),
    });
    return {
      state: carried,
      inputs: [...slices, ...captured],
      constants: of.constants,
      nodes: of.nodes,
      nextState: result.carried.map(named('carried')),
      outputs: result.outputs.map(named('output')),
    };
  } finally {
    recording = outer;
  }
}

function attributesOf(kernel: KernelName, given: Record<string, unknown> | undefined): Attributes {
  const kept = kernelRows[kernel].attributes.map(
    (key) => [key, (given?.[key] ?? null) as Attribute] as const,
  );
  return Object.fromEntries(kept);
}

function record(kernel: KernelName, tensors: Record<string, TensorInfo>, given?: Record<string, unknown>) {
  const row = kernelRows[kernel];
  const infos =
    row.inputs === 'any' ? Object.values(tensors) : row.inputs.map((name) => tensors[name] as TensorInfo);
  const inputs = infos.map(({ dataId }) => current().lookUp(dataId));
  const attributes = attributesOf(kernel, given);
  const body = kernel === '_Scan' ? traceBody(infos, given as ScanAttributes) : undefined;
  const types = row.types(inputs, attributes, body);
  const outputs = types.map(({ shape, dtype }) => current().make(shape, dtype));
  current().nodes.push({ kernel, attributes, inputs, outputs, ...(body && { body }) });
  const made = outputs.map((value) => ({
    dataId: current().bind(value),
    shape: [...value.shape],
    dtype: value.dtype,
  }));
  return made.length === 1 && !manyOutputs.has(kernel) ? (made[0] as TensorInfo) : made;
}

/** Kernels whose callers expect a list, even of one. */
const manyOutputs: ReadonlySet<KernelName> = new Set<KernelName>(['SplitV', 'TopK', '_Scan']);

registerBackend(BACKEND, () => new TraceBackend(), 0);
for (const kernel of Object.keys(kernelRows) as KernelName[])
  registerKernel({
    kernelName: kernel,
    backendName: BACKEND,
    kernelFunc: ({ inputs, attrs }) => record(kernel, inputs as Record<string, TensorInfo>, attrs),
  });
/** Kernels that only name a value again or make a constant are recorded as what they mean. */
const constantKernels = { Fill: null, ZerosLike: 0, OnesLike: 1 } as const;
for (const [kernelName, fixed] of Object.entries(constantKernels))
  registerKernel({
    kernelName,
    backendName: BACKEND,
    kernelFunc: ({ inputs, attrs }) => {
      const like = inputs.x;
      const shape = like?.shape ?? (attrs?.shape as number[]);
      const dtype = dtypeOf((like?.dtype ?? attrs?.dtype ?? 'float32') as DataType);
      const size = sizeOf(shape);
      const values = new arrays[dtype](size).fill(fixed ?? (attrs?.value as number));
      return { dataId: engine().backend.write(values, shape, dtype), shape, dtype };
    },
  });

function rename(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof TraceError) return error;
  const missing = /[Kk]ernel '(\w+)'/.exec(error.message)?.[1];
  if (!missing) return error;
  return new TraceError(
    `${missing} is not in the engine's table of kernels; called ${modelLine(error.stack)}`,
    {
      cause: error,
    },
  );
}

function placeholders(of: Recording, specs: SpecMap): { named: Named[]; tensors: TensorMap } {
  const named = Object.entries(specs).map(([name, { shape, dtype }]) => ({
    name,
    value: of.make(shape, dtype),
  }));
  const tensors = named.map(({ name, value }) => {
    const info = { dataId: of.bind(value), shape: [...value.shape], dtype: value.dtype };
    return [name, engine().makeTensorFromTensorInfo(info)] as const;
  });
  return { named, tensors: Object.fromEntries(tensors) };
}

function collect(of: Recording, names: readonly string[], tensors: TensorMap, what: string): Named[] {
  return names.map((name) => {
    const tensor: Tensor | undefined = tensors[name];
    if (!tensor) throw new TraceError(`The step returned no ${what} ${name}`);
    return { name, value: of.lookUp(tensor.dataId) };
  });
}

/**
 * Runs `body` once under a backend that computes nothing and returns what it would have computed.
 * Gradients need nothing special: TensorFlow.js differentiates into kernels, which are recorded too.
 * @throws TraceError for a kernel outside the table and for reading a value.
 */
export async function trace(
  state: SpecMap,
  inputs: SpecMap,
  body: (state: TensorMap, inputs: TensorMap) => { state?: TensorMap; outputs: TensorMap },
): Promise<Graph> {
  const before = engine().backendName;
  await setBackend(BACKEND);
  const of = new Recording();
  recording = of;
  try {
    let graph: Graph | undefined;
    tidy(() => {
      const stateIn = placeholders(of, state);
      const inputsIn = placeholders(of, inputs);
      const result = body(stateIn.tensors, inputsIn.tensors);
      graph = {
        state: stateIn.named,
        inputs: inputsIn.named,
        constants: of.constants,
        nodes: of.nodes,
        nextState: result.state ? collect(of, Object.keys(state), result.state, 'next state') : [],
        outputs: collect(of, Object.keys(result.outputs), result.outputs, 'output'),
      };
    });
    return verify(graph as Graph);
  } catch (error) {
    throw rename(error);
  } finally {
    recording = null;
    if (before) await setBackend(before);
  }
}
