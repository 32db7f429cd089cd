import { type Attributes, type Graph, type GraphNode, sizeOf, type Value } from './graph';
import type { KernelName } from './kernels';
import { convolution as geometryOf, numbers } from './kernelTypes';
import { Rewriter } from './rewriter';

/**
 * Convolutions as matrix products, for processors ("im2col"): what each window sees is gathered into one row of
 * a matrix, and one product with the filter is the convolution. NHWC and HWIO lie in memory as the products need
 * them, so nothing is transposed, and a forward pass shares its patches with the gradient by the filter.
 */

/** Numbers in one matrix of patches, 256 MB; a convolution that would need more stays one. */
const MAX_PATCHES = 2 ** 26;
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

/** What a node's result becomes; null where the convolution stays. */
type Rule = (node: GraphNode, by: Rewriter) => Value | null;

const convolution: Rule = ({ inputs, attributes }, by) => {
  const [x, filter] = inputs as [Value, Value];
  const [rows, columns] = axesOf(x.shape, filter.shape, attributes).map(windowsOf) as [Windows, Windows];
  if (patchesSize(x.shape, rows, columns) > MAX_PATCHES) return null;
  const outChannels = filter.shape[3] as number;
  const matrix = by.reshape(filter, [sizeOf(filter.shape) / outChannels, outChannels]);
  return product(by, patchesOf(by, x)(rows, columns), matrix);
};

const filterGradient: Rule = ({ inputs, attributes }, by) => {
  const [x, dy] = inputs as [Value, Value];
  const axes = axesOf(x.shape, numbers(attributes, 'filterShape'), attributes);
  const [rows, columns] = axes.map(windowsOf) as [Windows, Windows];
  if (patchesSize(x.shape, rows, columns) > MAX_PATCHES) return null;
  const outChannels = dy.shape[3] as number;
  const matrix = by.reshape(dy, [sizeOf(dy.shape) / outChannels, outChannels]);
  return product(by, patchesOf(by, x)(rows, columns), matrix, true);
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

/**
 * The gradient by the input, which is a transposed convolution. Its pixels fall into stride * stride phases;
 * each is a small convolution of `dy` without strides, so that no product multiplies by the zeros between.
 */
const inputGradient: Rule = ({ inputs, attributes }, by) => {
  const [dy, filter] = inputs as [Value, Value];
  const shape = numbers(attributes, 'inputShape') as [number, number, number, number];
  const [n, height, width, channels] = shape;
  const [kernelHeight, kernelWidth, , outChannels] = filter.shape as [number, number, number, number];
  const [rows, columns] = axesOf(shape, filter.shape, attributes).map(phasesOf) as [Phase[], Phase[]];
  const gaps = [...rows, ...columns].some(({ taps }) => taps.length === 0);
  const [allRows, allColumns] = [allWindows(rows), allWindows(columns)];
  const size = patchesSize(dy.shape, allRows, allColumns);
  if (gaps || channels < MIN_COLUMNS || size > MAX_PATCHES) return null;
  const patches = patchesOf(by, dy);
  const byTap = by.reshape(filter, [kernelHeight * kernelWidth, channels, outChannels]);
  const turned = by.apply('Transpose', [byTap], { perm: [0, 2, 1] });
  const [phaseHeight, phaseWidth] = [rows, columns].map((each) => each[0]?.windows.length) as [
    number,
    number,
  ];
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
};

const products: Readonly<Partial<Record<KernelName, Rule>>> = {
  Conv2D: convolution,
  Conv2DBackpropFilter: filterGradient,
  Conv2DBackpropInput: inputGradient,
};

/** Replaces convolutions and their gradients by matrix products where these are faster on a processor. */
export function im2col(graph: Graph): Graph {
  const by = new Rewriter(graph);
  for (const constant of graph.constants) by.keep(constant);
  for (const node of graph.nodes) {
    const result = products[node.kernel]?.(node, by);
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
