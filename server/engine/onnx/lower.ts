import type { Constant, Graph, GraphNode, Named } from '../ir/graph';
import { isOpen } from '../ir/rows';
import type { Value } from '../ir/tensors';
import type { SpecMap, TensorSpec } from '../program';
import {
  attribute,
  type ElementType,
  encodeModel,
  node,
  type OnnxGraph,
  type OnnxNode,
  type OnnxTensor,
  tensor,
  valueInfo,
} from './proto';
import type { Site } from './rule';
import { rules } from './rules';

/** Names of a lowered model's inputs and outputs: what the executor feeds and fetches. */
export const names = {
  steps: 'steps',
  state: (name: string) => `state:${name}`,
  input: (name: string) => `input:${name}`,
  next: (name: string) => `next:${name}`,
  output: (name: string) => `output:${name}`,
} as const;

/**
 * Turns an engine graph into ONNX nodes and initializers. Values are named after their ids, those that cross the
 * graph's border as `name` and `nameResults` say.
 */
export class Lowering {
  readonly nodes: OnnxNode[] = [];
  readonly initializers: OnnxTensor[] = [];
  private readonly nameOf = new Map<number, string>();
  private readonly shared = new Map<string, string>();
  private count = 0;

  /**
   * @param prefix of all names: those of a body must differ from those around it.
   * @param rows names the number of rows, int64 [1], where the graph leaves it open (rows.ts).
   */
  constructor(
    readonly prefix = '',
    private readonly rows = '',
  ) {}

  /** Gives a value a name, before anything uses it. */
  name(value: Value, name: string): void {
    this.nameOf.set(value.id, name);
  }

  /**
   * Gives results their names, before `lower`. A result that is handed through, or is there twice, has a name already
   * and needs a copy. @returns adds the copies; to be called after `lower`.
   */
  nameResults(graph: Graph, results: readonly { name: string; value: Value }[]): () => void {
    const made = new Set(graph.nodes.flatMap(({ outputs }) => outputs.map(({ id }) => id)));
    const copies = results.filter(({ name, value }) => {
      if (!made.has(value.id) || this.nameOf.has(value.id)) return true;
      this.name(value, name);
      return false;
    });
    return () => {
      for (const { name, value } of copies) this.nodes.push(node('Identity', [this.get(value)], name));
    };
  }

  /** The name of a value. */
  get(value: Value): string {
    const name = this.nameOf.get(value.id) ?? `${this.prefix}%${value.id}`;
    this.nameOf.set(value.id, name);
    return name;
  }

  /** A name that nothing has. */
  fresh = (): string => {
    this.count += 1;
    return `${this.prefix}temporary:${this.count}`;
  };

  /** The name of an initializer; small equal ones are shared. */
  data = (type: ElementType, values: ArrayBufferView, dims: readonly number[]): string =>
    this.share(`${type} ${dims} ${values.byteLength > 64 ? this.fresh() : values}`, (name) =>
      tensor(name, type, dims, values),
    );

  /** A scan's body as a graph of its own; `outer` are names of what it captures. */
  body = (graph: Graph, outer: readonly string[]): OnnxGraph =>
    lowerScanBody(graph, outer, new Lowering(`${this.prefix}${this.fresh()}/`, this.rows));

  /** The name of a float32 initializer, a scalar unless `dims` says otherwise. */
  floats = (values: readonly number[], dims: readonly number[] = []): string =>
    this.share(`${values} ${dims}`, (name) => tensor(name, 'float32', dims, Float32Array.from(values)));

  /** The name of an int64 vector. */
  int64s = (values: readonly number[]): string =>
    this.share(`int64 ${values}`, (name) =>
      tensor(name, 'int64', [values.length], BigInt64Array.from(values, BigInt)),
    );

  /** The name of a shape as an int64 vector; open sizes are computed when the model runs. */
  sizes = (shape: readonly number[]): string => {
    if (!isOpen(shape)) return this.int64s(shape);
    const each = shape.map((size) => (size < 0 ? this.timesRows(-size) : this.int64s([size])));
    const joined = this.fresh();
    this.nodes.push(node('Concat', each, joined, [attribute('axis', 0)]));
    return joined;
  };

  private timesRows(count: number): string {
    if (count === 1) return this.rows;
    const product = this.fresh();
    this.nodes.push(node('Mul', [this.rows, this.int64s([count])], product));
    return product;
  }

  private share(key: string, make: (name: string) => OnnxTensor): string {
    const known = this.shared.get(key);
    if (known) return known;
    const name = `${this.prefix}shared:${this.shared.size}`;
    this.shared.set(key, name);
    this.initializers.push(make(name));
    return name;
  }

  /** Writes a graph's constants and nodes. */
  lower(graph: Graph): void {
    for (const constant of graph.constants) this.lowerConstant(constant);
    for (const each of graph.nodes) this.lowerNode(each);
  }

  private lowerConstant({ value, data }: Constant): void {
    const { dtype, shape } = value;
    if (isOpen(shape))
      this.nodes.push(node('Expand', [this.data(dtype, data, []), this.sizes(shape)], this.get(value)));
    else this.initializers.push(tensor(this.get(value), dtype, shape, data));
  }

  private lowerNode({ kernel, inputs, outputs, attributes, body }: GraphNode): void {
    const { fresh, floats, int64s, sizes, data } = this;
    const names = outputs.map((output) => this.get(output));
    const site: Site = {
      inputs: inputs.map((input) => this.get(input)),
      output: names[0] as string,
      outputs: names,
      values: { inputs, output: outputs[0] as Value },
      attributes,
      fresh,
      floats,
      int64s,
      sizes,
      data,
      body: (outer) => this.body(body as Graph, outer),
    };
    this.nodes.push(...rules[kernel](site));
  }
}

/** The body of an ONNX Scan: states and slices in, next states and outputs out; captured values by their outer names. */
function lowerScanBody(graph: Graph, outer: readonly string[], lowering: Lowering): OnnxGraph {
  const captured = graph.inputs.slice(graph.inputs.length - outer.length);
  captured.forEach(({ value }, i) => {
    lowering.name(value, outer[i] as string);
  });
  const slices = graph.inputs.slice(0, graph.inputs.length - outer.length);
  const given = [...graph.state, ...slices].map(({ value }) => entry(lowering.get(value), value));
  const results = [...graph.nextState, ...graph.outputs].map(({ value }, i) => ({
    name: `${lowering.prefix}result:${i}`,
    value,
  }));
  const copyResults = lowering.nameResults(graph, results);
  lowering.lower(graph);
  copyResults();
  return {
    name: 'scan',
    node: lowering.nodes,
    initializer: lowering.initializers,
    input: given,
    output: results.map(({ name, value }) => entry(name, value)),
  };
}

const wireType = ({ dtype, encoding }: TensorSpec) => encoding?.dtype ?? dtype;

/** Adds what makes floats of encoded bytes: `value * scale`. */
function decode(lowering: Lowering, scale: number, from: string, to: string): void {
  const floats = lowering.fresh();
  lowering.nodes.push(
    node('Cast', [from], floats, [attribute('to', 1)]),
    node('Mul', [floats, lowering.floats([scale])], to),
  );
}

/** A shape as ONNX writes it; where the number of rows is open (ir/rows.ts), -1 becomes `N` and -k `kN`. */
export const dimensions = (shape: readonly number[]): (number | string)[] =>
  shape.map((size) => (size >= 0 ? size : size === -1 ? 'N' : `${-size}N`));

const entry = (name: string, { dtype, shape }: Value) => valueInfo(name, dtype, dimensions(shape));

/** The part of the state that a graph reads: all that a call must be fed. */
export function usedState(graph: Graph): Named[] {
  const used = new Set(graph.nodes.flatMap(({ inputs }) => inputs.map(({ id }) => id)));
  for (const { value } of graph.outputs) used.add(value.id);
  return graph.state.filter(({ value }) => used.has(value.id));
}

/**
 * A call as the bytes of an ONNX model: `state:*` and `input:*` in, `output:*` out.
 * @param specs the call's inputs by name, for their encodings.
 */
export function lowerCall(graph: Graph, specs: SpecMap): Uint8Array {
  const lowering = new Lowering();
  const state = usedState(graph);
  for (const { name, value } of state) lowering.name(value, names.state(name));
  const inputs = graph.inputs.map(({ name, value }) => {
    const spec = specs[name] as TensorSpec;
    if (spec.encoding) decode(lowering, spec.encoding.scale, names.input(name), lowering.get(value));
    else lowering.name(value, names.input(name));
    return valueInfo(names.input(name), wireType(spec), spec.shape);
  });
  const results = graph.outputs.map(({ name, value }) => ({ name: names.output(name), value }));
  const copyResults = lowering.nameResults(graph, results);
  lowering.lower(graph);
  copyResults();
  return encodeModel({
    name: 'call',
    node: lowering.nodes,
    initializer: lowering.initializers,
    input: [...state.map(({ name, value }) => entry(names.state(name), value)), ...inputs],
    output: results.map(({ name, value }) => entry(name, value)),
  });
}

/** One step as the body of an ONNX Loop: (iteration, condition, state) to (condition, next state, metrics). */
function lowerBody(graph: Graph, specs: SpecMap): OnnxGraph {
  const lowering = new Lowering();
  graph.state.forEach(({ value }, i) => {
    lowering.name(value, `carried:${i}`);
  });
  for (const { name, value } of graph.inputs) {
    const { encoding } = specs[name] as TensorSpec;
    const gathered = encoding ? lowering.fresh() : lowering.get(value);
    lowering.nodes.push(node('Gather', [names.input(name), 'iteration'], gathered, [attribute('axis', 0)]));
    if (encoding) decode(lowering, encoding.scale, gathered, lowering.get(value));
  }
  const results = [...graph.nextState, ...graph.outputs].map(({ value }, i) => ({
    name: `result:${i}`,
    value,
  }));
  const copyResults = lowering.nameResults(graph, results);
  lowering.lower(graph);
  copyResults();
  lowering.nodes.push(node('Identity', ['condition'], 'goOn'));
  return {
    name: 'step',
    node: lowering.nodes,
    initializer: lowering.initializers,
    input: [
      valueInfo('iteration', 'int64', []),
      valueInfo('condition', 'bool', []),
      ...graph.state.map(({ value }, i) => entry(`carried:${i}`, value)),
    ],
    output: [valueInfo('goOn', 'bool', []), ...results.map(({ name, value }) => entry(name, value))],
  };
}

/**
 * A training step as the bytes of an ONNX model that takes any number of steps in one Loop: `steps` (int64 scalar),
 * `state:*` and the stacked `input:*` [steps, ...] in; `next:*`, the state after the last step, and the metrics of each
 * as `output:*` [steps, ...] out.
 * @param specs the step's inputs by name, for their encodings.
 */
export function lowerLoop(graph: Graph, specs: SpecMap): Uint8Array {
  const next = graph.nextState.map(({ name, value }) => entry(names.next(name), value));
  const stacked = graph.outputs.map(({ name, value }) =>
    valueInfo(names.output(name), value.dtype, ['steps', ...value.shape]),
  );
  const loop = node(
    'Loop',
    [names.steps, '', ...graph.state.map(({ name }) => names.state(name))],
    [
      ...graph.nextState.map(({ name }) => names.next(name)),
      ...graph.outputs.map(({ name }) => names.output(name)),
    ],
    [attribute('body', lowerBody(graph, specs))],
  );
  return encodeModel({
    name: 'training',
    node: [loop],
    initializer: [],
    input: [
      valueInfo(names.steps, 'int64', []),
      ...graph.state.map(({ name, value }) => entry(names.state(name), value)),
      ...Object.entries(specs).map(([name, spec]) =>
        valueInfo(names.input(name), wireType(spec), ['steps', ...spec.shape]),
      ),
    ],
    output: [...next, ...stacked],
  });
}

/**
 * A model that hands each state tensor through, `state:*` to `next:*`: run with outputs on the host, it reads a device.
 */
export function lowerReadState(state: SpecMap): Uint8Array {
  const entries = Object.entries(state);
  return encodeModel({
    name: 'read',
    node: entries.map(([name]) => node('Identity', [names.state(name)], names.next(name))),
    initializer: [],
    input: entries.map(([name, { dtype, shape }]) => valueInfo(names.state(name), dtype, shape)),
    output: entries.map(([name, { dtype, shape }]) => valueInfo(names.next(name), dtype, shape)),
  });
}
