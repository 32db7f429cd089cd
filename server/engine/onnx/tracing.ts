import type { Graph, Node, Tensor } from './modelFile';
import { numbersOf } from './values';

/** Operators whose result has the numbers of a row that their input has, in whatever form or scale. */
const carrying = new Set([
  ...['Cast', 'Identity', 'Flatten', 'Reshape', 'Squeeze', 'Unsqueeze', 'Transpose', 'Expand', 'Tile'],
  ...['Add', 'Sub', 'Mul', 'Div', 'Neg', 'Clip', 'Tanh', 'Relu', 'LeakyRelu', 'LpNormalization'],
  ...['LayerNormalization', 'BatchNormalization', 'InstanceNormalization', 'Dropout', 'Concat'],
]);

/** How far from an input its first use is looked for, in nodes. */
const maxVisited = 200;

/** Follows values through a graph without running it. What it finds are guesses: only a run shows what is so. */
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

  /** How many numbers the layers behind an input take of a row, the nearest first. */
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

  /** How many classes an input of class numbers tells apart: rows of the table that it looks them up in. */
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

  /** Numbers with which shapes begin that are fixed inside the graph: one may be that of its rows. */
  firstSizes(): number[] {
    const sizes = [...this.constants.values()].flatMap((tensor) => {
      const [length = 0] = tensor.dims.map(Number);
      if (tensor.dims.length !== 1 || length < 2 || length > 6) return [];
      const [first = 0, ...rest] = numbersOf(tensor);
      return Number.isInteger(first) && first > 1 && rest.length > 0 ? [first] : [];
    });
    return [...new Set(sizes)];
  }

  /** Nodes that use a value or what carries its numbers, the nearest first, each with what it takes of it. */
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
