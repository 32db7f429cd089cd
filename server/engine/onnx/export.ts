import type { Graphs } from '../graphs';
import type { Graph, Named } from '../ir/graph';
import { openRows } from '../ir/rows';
import { sizeOf, type Value } from '../ir/tensors';
import type { DataMap } from '../program';
import { dimensions, Lowering, usedState } from './lower';
import { attribute, type Description, encodeModel, node, tensor, valueInfo } from './proto';

/** What an exported file says about itself, and the size of its images. */
export interface ExportOptions extends Description {
  /** The description of an input or output, by its name in the definition. */
  about(name: string): string;
  /** Inputs and outputs named `images` of [rows, height * width * channels] become [N, C, H, W]. */
  readonly image?: { readonly height: number; readonly width: number; readonly channels: number };
}

/**
 * Numbers of rows that a call is traced for, to see which sizes depend on them: primes that no layer is likely to have.
 */
const tracedRows = [61, 67] as const;

/** A call's graph for any number of rows; for one row if its nodes depend on the number. */
async function graphOf(graphs: Graphs, call: string): Promise<Graph> {
  const [few, many] = tracedRows;
  const open = openRows(await graphs.call(call, few), await graphs.call(call, many), tracedRows);
  return open && rowsOf(open) ? open : graphs.call(call, 1);
}

/** An input and an axis of it at which the number of rows can be read; null if no input has one. */
function rowsOf({ inputs }: Graph): { name: string; axis: number } | null {
  const found = inputs.find(({ value }) => value.shape.includes(-1));
  return found ? { name: found.name, axis: found.value.shape.indexOf(-1) } : null;
}

/** Writes one call and its weights as an ONNX model. An output that has an input's name gets `_out` behind it. */
class Exporter {
  private readonly lowering = new Lowering('', '%rows');
  private readonly inputNames: ReadonlySet<string>;

  constructor(
    private readonly graph: Graph,
    private readonly options: ExportOptions,
  ) {
    this.inputNames = new Set(graph.inputs.map(({ name }) => name));
  }

  write(state: DataMap): Uint8Array {
    const { graph, lowering, options } = this;
    const rows = rowsOf(graph);
    if (rows) {
      const axes = [attribute('start', rows.axis), attribute('end', rows.axis + 1)];
      lowering.nodes.push(node('Shape', [rows.name], '%rows', axes));
    }
    for (const named of usedState(graph)) this.weight(named, state);
    const input = graph.inputs.map((each) => this.input(each));
    const results = graph.outputs.map((each) => this.result(each));
    const copyResults = lowering.nameResults(graph, results);
    lowering.lower(graph);
    copyResults();
    const output = results.map((result) => this.output(result));
    const { nodes, initializers } = lowering;
    return encodeModel({ name: 'colatent', node: nodes, initializer: initializers, input, output }, options);
  }

  private weight({ name, value }: Named, state: DataMap): void {
    const data = state[name];
    if (data?.length !== sizeOf(value.shape))
      throw new RangeError(`${name} has ${data?.length ?? 'no'} values; expected [${value.shape}]`);
    const unique = this.inputNames.has(name) ? `${name}/weight` : name;
    this.lowering.name(value, unique);
    this.lowering.initializers.push(tensor(unique, 'float32', value.shape, data));
  }

  private input({ name, value }: Named): object {
    const size = this.imageSize(name, value);
    if (!size) {
      this.lowering.name(value, name);
      return valueInfo(name, value.dtype, dimensions(value.shape), this.options.about(name));
    }
    const pixels = this.lowering.fresh();
    this.lowering.nodes.push(node('Transpose', [name], pixels, [attribute('perm', [0, 2, 3, 1])]));
    this.reshape(pixels, [-1, value.shape[1] as number], this.lowering.get(value));
    return this.imageInfo(name, name, value, size);
  }

  /** The value as the graph makes it; images are turned afterwards. */
  private result(named: Named) {
    const output = this.inputNames.has(named.name) ? `${named.name}_out` : named.name;
    const size = this.imageSize(named.name, named.value);
    return { ...named, of: named.name, output, size, name: size ? this.lowering.fresh() : output };
  }

  private output({ of, name, output, value, size }: ReturnType<Exporter['result']>): object {
    if (!size) return valueInfo(output, value.dtype, dimensions(value.shape), this.options.about(of));
    const { height, width, channels } = size;
    const pixels = this.lowering.fresh();
    this.reshape(name, [-1, height, width, channels], pixels);
    this.lowering.nodes.push(node('Transpose', [pixels], output, [attribute('perm', [0, 3, 1, 2])]));
    return this.imageInfo(of, output, value, size);
  }

  private reshape(from: string, shape: readonly number[], to: string): void {
    this.lowering.nodes.push(node('Reshape', [from, this.lowering.int64s(shape)], to));
  }

  private imageInfo(of: string, name: string, { dtype, shape }: Value, size: Size): object {
    const [rows] = dimensions(shape) as [number | string];
    return valueInfo(name, dtype, [rows, size.channels, size.height, size.width], this.options.about(of));
  }

  private imageSize(name: string, { shape }: Value): Size | null {
    const { image } = this.options;
    const isFlat = image && shape.length === 2 && shape[1] === image.height * image.width * image.channels;
    return name === 'images' && isFlat ? image : null;
  }
}

type Size = NonNullable<ExportOptions['image']>;

/**
 * One of a definition's calls and the weights that it needs as a standard ONNX file (opset 20). The number of rows
 * is the open dimension `N` wherever the call allows it, else 1. Encoded inputs take floats: images from 0 to 1, as
 * the outputs are, so that one file's images are another's.
 * @throws RangeError for an unknown call or a weight that is missing.
 */
export async function exportCall(
  graphs: Graphs,
  call: string,
  state: DataMap,
  options: ExportOptions,
): Promise<Uint8Array> {
  return new Exporter(await graphOf(graphs, call), options).write(state);
}

/** Names and shapes of the state that any call reads: weights and running averages, but no optimizer slots. */
export async function weightShapes(graphs: Graphs): Promise<Record<string, readonly number[]>> {
  const { calls } = graphs.definition;
  const shapes: Record<string, readonly number[]> = {};
  for (const call of Object.keys(calls))
    for (const { name, value } of usedState(await graphs.call(call, 1))) shapes[name] = value.shape;
  return shapes;
}
