import type { Graph, GraphNode } from '../ir/graph';
import type { KernelName } from '../ir/kernels';
import { convolution as geometryOf, numbers } from '../ir/kernelTypes';
import { type Attributes, sizeOf, type Value } from '../ir/tensors';
import { Rewriter } from './rewriter';

/**
 * Convolutions as matrix products, for processors ("im2col"): what each window sees is gathered into one row of
 * a matrix, and one product with the filter is the convolution. NHWC and HWIO lie in memory as the products need
 * them, so nothing is transposed, and a forward pass shares its patches with the gradient by the filter.
 */

/** Columns that a product needs to be worth its patches: a gradient by fewer input channels stays as it is. */
const MIN_COLUMNS = 8;

/** Along one axis, which positions each window sees, in the filter's order; some may lie outside. */
type Windows = readonly (readonly number[])[];

/** One axis of a convolution: output `o` sees the inputs `o * stride + tap * dilation - before`. */
interface Axis {
  readonly size: number;
  readonly outputs: number;
  readonly taps: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
}

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

function axesOf(x: readonly number[], filter: readonly number[], attributes: Attributes): [Axis, Axis] {
  const info = geometryOf(x, filter, attributes);
  return [
    {
      size: info.inHeight,
      outputs: info.outHeight,
      taps: info.filterHeight,
      stride: info.strideHeight,
      dilation: info.dilationHeight,
      before: info.padInfo.top,
    },
    {
      size: info.inWidth,
      outputs: info.outWidth,
      taps: info.filterWidth,
      stride: info.strideWidth,
      dilation: info.dilationWidth,
      before: info.padInfo.left,
    },
  ];
}

const windowsOf = ({ outputs, taps, stride, dilation, before }: Axis): Windows =>
  range(outputs).map((o) => range(taps).map((tap) => o * stride + tap * dilation - before));

/** Numbers that the patches of such windows hold. */
const patchesSize = ([n, , , channels]: readonly number[], rows: Windows, columns: Windows): number =>
  (n as number) * (channels as number) * rows.flat().length * columns.flat().length;

/** Whether each window sees the one position that is its own: a filter of one tap, without strides. */
const isWhole = (windows: Windows, size: number): boolean =>
  windows.length === size && windows.every((seen, i) => seen.length === 1 && seen[0] === i);

/** A matrix with a row a window: [n * rows * columns, taps * taps * channels]. */
type Gather = (rows: Windows, columns: Windows) => Value;

/** Makes patches of `x` [n, h, w, channels]: what lies outside of it is one pixel of zeros behind it. */
function patchesOf(by: Rewriter, x: Value): Gather {
  const [n, height, width, channels] = x.shape as [number, number, number, number];
  const pixels = by.reshape(x, [n, height * width, channels]);
  const padded = () => by.concat([pixels, by.data(new Float32Array(n * channels), [n, 1, channels])], 1);
  return (rows, columns) => {
    const seen = (rows[0]?.length ?? 0) * (columns[0]?.length ?? 0);
    const shape = [n * rows.length * columns.length, seen * channels];
    if (isWhole(rows, height) && isWhole(columns, width)) return by.reshape(x, shape);
    const placeOf = (y: number, x: number) =>
      y >= 0 && y < height && x >= 0 && x < width ? y * width + x : height * width;
    const places = rows.flatMap((ys) =>
      columns.flatMap((xs) => ys.flatMap((y) => xs.map((each) => placeOf(y, each)))),
    );
    const from = places.includes(height * width) ? padded() : pixels;
    return by.reshape(by.apply('GatherV2', [from, indices(by, places)], { axis: 1 }), shape);
  };
}

const indices = (by: Rewriter, values: readonly number[]): Value =>
  by.data(Int32Array.from(values), [values.length]);

const product = (by: Rewriter, a: Value, b: Value, transposeA = false): Value =>
  by.apply('BatchMatMul', [a, b], { transposeA, transposeB: false });

type Kerneled = Pick<GraphNode, 'inputs' | 'attributes'>;

/** What a convolution becomes. */
interface Rule {
  /** Which inputs have a row an image. */
  readonly batched: readonly number[];
  /** Numbers in the patches of the whole batch; null where the convolution stays. */
  patches(node: Kerneled): number | null;
  /** The result, but for its shape. */
  apply(node: Kerneled, by: Rewriter): Value;
  /** One result of those of the batch's slices. */
  join(by: Rewriter, parts: readonly Value[]): Value;
}

const behindOneAnother: Rule['join'] = (by, parts) => by.concat(parts, 0);
const summed: Rule['join'] = (by, parts) => parts.reduce((sum, part) => by.apply('Add', [sum, part]));

const forwardWindows = ({ inputs, attributes }: Kerneled): [Windows, Windows] => {
  const [x, filter] = inputs as [Value, Value];
  return axesOf(x.shape, filter.shape, attributes).map(windowsOf) as [Windows, Windows];
};

const convolution: Rule = {
  batched: [0],
  patches: (node) => patchesSize((node.inputs[0] as Value).shape, ...forwardWindows(node)),
  apply(node, by) {
    const [x, filter] = node.inputs as [Value, Value];
    const outChannels = filter.shape[3] as number;
    const matrix = by.reshape(filter, [sizeOf(filter.shape) / outChannels, outChannels]);
    return product(by, patchesOf(by, x)(...forwardWindows(node)), matrix);
  },
  join: behindOneAnother,
};

const filterWindows = ({ inputs: [x], attributes }: Kerneled): [Windows, Windows] => {
  const axes = axesOf((x as Value).shape, numbers(attributes, 'filterShape'), attributes);
  return axes.map(windowsOf) as [Windows, Windows];
};

const filterGradient: Rule = {
  batched: [0, 1],
  patches: (node) => patchesSize((node.inputs[0] as Value).shape, ...filterWindows(node)),
  apply(node, by) {
    const [x, dy] = node.inputs as [Value, Value];
    const outChannels = dy.shape[3] as number;
    const matrix = by.reshape(dy, [sizeOf(dy.shape) / outChannels, outChannels]);
    return product(by, patchesOf(by, x)(...filterWindows(node)), matrix, true);
  },
  join: summed,
};

/** The taps through which the inputs `phase`, `phase + stride`, ... were seen, and the outputs that saw them. */
interface Phase {
  readonly taps: readonly number[];
  readonly windows: Windows;
}

function phasesOf({ size, taps, stride, before }: Axis): Phase[] {
  return range(stride).map((phase) => {
    const seenBy = range(taps).filter((tap) => (phase + before - tap) % stride === 0);
    const windows = range(Math.ceil(size / stride)).map((i) =>
      seenBy.map((tap) => i + (phase + before - tap) / stride),
    );
    return { taps: seenBy, windows };
  });
}

const allWindows = (phases: readonly Phase[]): Windows => phases.flatMap(({ windows }) => windows);

const inputShapeOf = ({ attributes }: Kerneled) =>
  numbers(attributes, 'inputShape') as [number, number, number, number];

const inputPhases = (node: Kerneled): [Phase[], Phase[]] =>
  axesOf(inputShapeOf(node), (node.inputs[1] as Value).shape, node.attributes).map(phasesOf) as [
    Phase[],
    Phase[],
  ];

/**
 * The gradient by the input, which is a transposed convolution. Its pixels fall into stride * stride phases;
 * each is a small convolution of `dy` without strides, so that no product multiplies by the zeros between.
 */
const inputGradient: Rule = {
  batched: [0],
  patches(node) {
    const [rows, columns] = inputPhases(node);
    const gaps = [...rows, ...columns].some(({ taps }) => taps.length === 0);
    if (gaps || inputShapeOf(node)[3] < MIN_COLUMNS) return null;
    return patchesSize((node.inputs[0] as Value).shape, allWindows(rows), allWindows(columns));
  },
  apply(node, by) {
    const [dy, filter] = node.inputs as [Value, Value];
    const [, height, width, channels] = inputShapeOf(node);
    const n = dy.shape[0] as number;
    const [kernelHeight, kernelWidth, , outChannels] = filter.shape as [number, number, number, number];
    const [rows, columns] = inputPhases(node);
    const patches = patchesOf(by, dy);
    const byTap = by.reshape(filter, [kernelHeight * kernelWidth, channels, outChannels]);
    const turned = by.apply('Transpose', [byTap], { perm: [0, 2, 1] });
    const [phaseHeight = 0, phaseWidth = 0] = [rows, columns].map((each) => each[0]?.windows.length);
    const joined = rows.map((row) => {
      const parts = columns.map((column) => {
        const taps = row.taps.flatMap((y) => column.taps.map((x) => y * kernelWidth + x));
        const all = taps.length === kernelHeight * kernelWidth;
        const some = all ? turned : by.apply('GatherV2', [turned, indices(by, taps)], { axis: 0 });
        const matrix = by.reshape(some, [taps.length * outChannels, channels]);
        const part = product(by, patches(row.windows, column.windows), matrix);
        return by.reshape(part, [n, phaseHeight, phaseWidth, channels]);
      });
      return by.reshape(by.concat(parts, 3), [n, phaseHeight, phaseWidth * columns.length * channels]);
    });
    const whole = [n, phaseHeight * rows.length, phaseWidth * columns.length, channels];
    return by.apply('Slice', [by.reshape(by.concat(joined, 2), whole)], {
      begin: [0, 0, 0, 0],
      size: [n, height, width, channels],
    });
  },
  join: behindOneAnother,
};

const products: Readonly<Partial<Record<KernelName, Rule>>> = {
  Conv2D: convolution,
  Conv2DBackpropFilter: filterGradient,
  Conv2DBackpropInput: inputGradient,
};

/** Images `first` to `first + count` of a batch. */
const imagesOf = (by: Rewriter, value: Value, first: number, count: number): Value =>
  by.apply('Slice', [value], {
    begin: [first, ...value.shape.slice(1).map(() => 0)],
    size: [count, ...value.shape.slice(1)],
  });

/** A convolution as products, of as many images at once as their patches allow; null where it stays. */
function productsOf(node: GraphNode, by: Rewriter, most: number): Value | null {
  const rule = products[node.kernel];
  const patches = rule?.patches(node);
  if (!rule || patches === null || patches === undefined) return null;
  const images = node.inputs[rule.batched[0] as number]?.shape[0] as number;
  const rows = Math.ceil(images / Math.ceil(patches / most));
  if (rows >= images) return rule.apply(node, by);
  const parts = range(Math.ceil(images / rows)).map((i) => {
    const count = Math.min(rows, images - i * rows);
    const inputs = node.inputs.map((value, at) =>
      rule.batched.includes(at) ? imagesOf(by, value, i * rows, count) : value,
    );
    return rule.apply({ inputs, attributes: node.attributes }, by);
  });
  return rule.join(by, parts);
}

/**
 * Replaces convolutions and their gradients by matrix products where these are faster on a processor.
 * @param most numbers in one matrix of patches, of at least one image.
 */
export function im2col(graph: Graph, most: number): Graph {
  const by = new Rewriter(graph);
  for (const constant of graph.constants) by.keep(constant);
  for (const node of graph.nodes) {
    const result = productsOf(node, by, most);
    if (result)
      by.emit({
        kernel: 'Reshape',
        attributes: { shape: node.outputs[0]?.shape ?? [] },
        inputs: [result],
        outputs: node.outputs,
      });
    else by.emit(node);
  }
  return by.finish();
}
