import type { Graph, Node, Tensor } from './modelFile';
import { numbersOf } from './values';

/** Operators that hand the numbers of a row on, reshaped, scaled or shifted: what uses their result uses their input. */
const carrying = new Set([
  ...['Cast', 'Identity', 'Flatten', 'Reshape', 'Squeeze', 'Unsqueeze', 'Transpose', 'Expand', 'Tile'],
  ...['Add', 'Sub', 'Mul', 'Div', 'Neg', 'Clip', 'Tanh', 'Relu', 'LeakyRelu', 'LpNormalization'],
  ...['LayerNormalization', 'BatchNormalization', 'InstanceNormalization', 'Dropout', 'Concat'],
]);

/** Nodes behind an input that are looked at, at most. */
const maxVisited = 200;

/**
 * Guesses of an imported graph, without running it, what its inputs and its shapes leave open: how many numbers a
 * latent has, how many classes there are. Only a run (probe.ts) shows what is so.
 */
export class Tracing {
  private readonly consumers = new Map<string, Node[]>();
  private readonly constants = new Map<string, Tensor>();

  constructor(graph: Graph) {
    for (const tensor of graph.initializer) this.constants.set(tensor.name, tensor);
    for (const node of graph.node) {
      for (const name of node.input) this.consumers.set(name, [...(this.consumers.get(name) ?? []), node]);
      const { t: [constant] = [] } = node.attribute.find(({ name }) => name === 'value') ?? {};
      const [output] = node.output;
      if (node.opType === 'Constant' && constant && output) this.constants.set(output, constant);
    }
  }

  /** Sizes of a row that the weights of the layers behind an input are made for, the nearest layer's first. */
  widths(input: string): number[] {
    const found = this.uses(input).flatMap(([node]) => {
      const dims = this.constants.get(node.input[1] ?? '')?.dims.map(Number) ?? [];
      switch (node.opType) {
        case 'MatMul':
          return dims.at(-2) ?? [];
        case 'Gemm':
          return dims[whole(node, 'transB', 0) === 1 ? 1 : 0] ?? [];
        case 'ConvTranspose':
          return dims[0] ?? [];
        case 'Conv':
          return (dims[1] ?? 0) * whole(node, 'group', 1);
        default:
          return [];
      }
    });
    return [...new Set(found)];
  }

  /**
   * How many classes an input of class numbers tells apart: rows of the embedding that it indexes, the depth of a
   * OneHot, or the numbers that it is compared with. Null if none of these is found.
   */
  classes(input: string): number | null {
    for (const [node, value] of this.uses(input)) {
      const [first = '', second = ''] = node.input;
      if (node.opType === 'Gather' && second === value) {
        const size = this.constants
          .get(first)
          ?.dims.map(Number)
          .at(whole(node, 'axis', 0));
        if (size) return size;
      }
      const depth = node.opType === 'OneHot' && this.constants.get(second);
      if (depth) return numbersOf(depth)[0] ?? null;
      const compared = node.opType === 'Equal' && this.constants.get(first === value ? second : first);
      if (compared) {
        const size = compared.dims.map(Number).reduce((product, n) => product * n, 1);
        if (size > 1) return size;
      }
    }
    return null;
  }

  /** First numbers of the shapes that are constants of the graph, e.g. of a Reshape: one may be a fixed batch. */
  firstSizes(): number[] {
    const sizes = [...this.constants.values()].flatMap((tensor) => {
      const [length = 0] = tensor.dims.map(Number);
      if (tensor.dims.length !== 1 || length < 2 || length > 6) return [];
      const [first = 0, ...rest] = numbersOf(tensor);
      return Number.isInteger(first) && first > 1 && rest.length > 0 ? [first] : [];
    });
    return [...new Set(sizes)];
  }

  /**
   * Nodes that use an input or what is `carrying` its numbers on, the nearest first, each with the value that it uses.
   */
  private uses(input: string): (readonly [node: Node, value: string])[] {
    const found: (readonly [Node, string])[] = [];
    const seen = new Set([input]);
    for (const value of seen)
      for (const node of this.consumers.get(value) ?? []) {
        if (found.length > maxVisited) return found;
        found.push([node, value]);
        if (carrying.has(node.opType)) for (const output of node.output) seen.add(output);
      }
    return found;
  }
}

function whole({ attribute }: Node, name: string, initial: number): number {
  const found = attribute.find((each) => each.name === name);
  return found ? Number(found.i) : initial;
}
