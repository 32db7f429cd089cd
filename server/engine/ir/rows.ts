import type { Constant, Graph, GraphNode, Named } from './graph';
import type { KernelName } from './kernels';
import { axisOf, numbers } from './kernelTypes';
import type { Attributes, Value } from './tensors';

/**
 * Graphs whose number of rows stays open until they run. In their shapes a size of -k stands for k times that
 * number; a constant of such a shape holds the single number that fills it.
 */
export const isOpen = (shape: readonly number[]): boolean => shape.some((size) => size < 0);

/** The attribute of a kernel that says sizes: the only ones that may depend on the number of rows. */
const sizesOf: Readonly<Partial<Record<KernelName, string>>> = {
  Conv2DBackpropInput: 'inputShape',
  Reshape: 'shape',
  Slice: 'size',
  Tile: 'reps',
  _RandomUniform: 'shape',
  _Scan: 'length',
};

/** Two graphs differ by more than their rows. */
class DifferenceError extends Error {
  override readonly name = 'DifferenceError';
}

function expectSame(isSame: boolean, what: string): void {
  if (!isSame) throw new DifferenceError(`${what} depends on the number of rows`);
}

/** Merges the same graph traced for two numbers of rows. */
class Opening {
  constructor(
    private readonly few: number,
    private readonly many: number,
  ) {}

  graph(few: Graph, many: Graph): Graph {
    const named = (a: readonly Named[], b: readonly Named[]) =>
      this.pairs(a, b, (x, y) => ({ name: x.name, value: this.value(x.value, y.value) }));
    return {
      state: named(few.state, many.state),
      inputs: named(few.inputs, many.inputs),
      constants: this.pairs(few.constants, many.constants, (a, b) => this.constant(a, b)),
      nodes: this.pairs(few.nodes, many.nodes, (a, b) => this.node(a, b)),
      nextState: named(few.nextState, many.nextState),
      outputs: named(few.outputs, many.outputs),
    };
  }

  private pairs<T, R>(few: readonly T[], many: readonly T[], merge: (a: T, b: T) => R): R[] {
    expectSame(few.length === many.length, 'How much is computed');
    return few.map((each, i) => merge(each, many[i] as T));
  }

  private size = (few: number, many: number): number => {
    if (few === many) return few;
    const times = few / this.few;
    expectSame(Number.isInteger(times) && times * this.many === many, `A size of ${few} or ${many}`);
    return -times;
  };

  private sizes(few: readonly number[], many: readonly number[]): number[] {
    return this.pairs(few, many, this.size);
  }

  private value(few: Value, many: Value): Value {
    expectSame(few.id === many.id && few.dtype === many.dtype, `Value %${few.id}`);
    return { ...few, shape: this.sizes(few.shape, many.shape) };
  }

  private constant(few: Constant, many: Constant): Constant {
    const value = this.value(few.value, many.value);
    const filled = isOpen(value.shape);
    const [first] = few.data;
    const expected = (i: number) => (filled ? first : few.data[i]);
    expectSame(
      [few, many].every(({ data }) => data.every((x, i) => x === expected(i))),
      `Constant %${value.id}`,
    );
    return { value, data: filled ? few.data.slice(0, 1) : few.data };
  }

  private node(few: GraphNode, many: GraphNode): GraphNode {
    const { kernel } = few;
    expectSame(kernel === many.kernel && !few.body === !many.body, kernel);
    const merged = {
      kernel,
      attributes: this.attributes(few, many),
      inputs: this.pairs(few.inputs, many.inputs, (a, b) => this.value(a, b)),
      outputs: this.pairs(few.outputs, many.outputs, (a, b) => this.value(a, b)),
      ...(few.body && many.body && { body: this.graph(few.body, many.body) }),
    };
    expectSame(!cutsRows(merged), `What ${kernel} takes`);
    return merged;
  }

  private attributes(few: GraphNode, many: GraphNode): Attributes {
    const entries = Object.entries(few.attributes).map(([key, a]) => {
      const b = many.attributes[key] ?? null;
      if (JSON.stringify(a) === JSON.stringify(b)) return [key, a] as const;
      expectSame(sizesOf[few.kernel] === key, `${few.kernel}'s ${key}`);
      if (typeof a === 'number') return [key, this.size(a, b as number)] as const;
      return [key, this.sizes(a as readonly number[], b as readonly number[])] as const;
    });
    return Object.fromEntries(entries);
  }
}

/** Whether a node takes some of the rows and leaves others. */
function cutsRows({ kernel, attributes, inputs, outputs }: GraphNode): boolean {
  const shape = inputs[0]?.shape ?? [];
  if (kernel === 'SplitV') return (shape[axisOf(attributes, 'axis', shape.length)] ?? 0) < 0;
  if (kernel !== 'Slice') return false;
  const begin = numbers(attributes, 'begin');
  const kept = outputs[0]?.shape ?? [];
  return shape.some((size, axis) => size < 0 && (begin[axis] !== 0 || kept[axis] !== size));
}

/**
 * One graph for any number of rows, of a graph traced for two numbers of them; `null` if it differs by more
 * than sizes that are multiples of the rows.
 */
export function openRows(few: Graph, many: Graph, rows: readonly [few: number, many: number]): Graph | null {
  try {
    return new Opening(...rows).graph(few, many);
  } catch (error) {
    if (error instanceof DifferenceError) return null;
    throw error;
  }
}
