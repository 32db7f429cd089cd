/** Kinds of layers, as the diagram names them. */
export type LayerKind =
  | 'dense'
  | 'recurrent'
  | 'convolution'
  | 'transposed-convolution'
  | 'dropout'
  | 'normalization'
  | 'constant'
  | 'noise'
  | 'sampling'
  | 'style';

/** A layer's kind, output shape and cost. A network is a list of them, from its input to its output. */
export interface Layer {
  readonly kind: LayerKind;
  /** Output shape for one example (of a text: for one character): [units], or [height, width, channels]. */
  readonly output: readonly number[];
  /** Trained numbers. */
  readonly parameters: number;
  /** Multiply-adds of the forward pass for one example. */
  readonly multiplyAdds: number;
  /** Numbers of one example that are kept for the backward pass. */
  readonly activations: number;
  /** Numbers of one example that the layer's backward pass holds in addition while it runs. */
  readonly workspace?: number;
  /** Reads data, so that no gradient by its input is computed. */
  readonly readsData?: boolean;
}

/** Height and width in pixels, and channels. */
export type ImageShape = readonly [height: number, width: number, channels: number];

export const sizeOf = ([height, width, channels]: ImageShape): number => height * width * channels;

/** Sums before and after the activation function are both kept. */
const KEPT = 2;

export const dense = (inputs: number, units: number): Layer => ({
  kind: 'dense',
  output: [units],
  parameters: (inputs + 1) * units,
  multiplyAdds: inputs * units,
  activations: KEPT * units,
});

/** Dense layers between consecutive widths. */
export const denseStack = (widths: readonly number[]): Layer[] =>
  widths.slice(1).map((units, i) => dense(widths[i] as number, units));

/**
 * What the squares under a kernel hold at so many places, gathered for a matrix product: once for the forward pass and
 * the gradient by the kernel, once for the gradient by the input (server/engine/passes/im2col.ts).
 */
const windows = (kernelSize: number, [height, width]: ImageShape, channels: number): number =>
  kernelSize === 1 ? 0 : height * width * kernelSize ** 2 * channels;

/** A convolution with bias and padding `same`: every output pixel sees a whole square of its input. */
export function convolution(kernelSize: number, inputChannels: number, output: ImageShape): Layer {
  const [height, width, channels] = output;
  const kernel = kernelSize ** 2 * inputChannels * channels;
  const workspace = windows(kernelSize, output, inputChannels);
  return {
    kind: 'convolution',
    output,
    parameters: kernel + channels,
    multiplyAdds: height * width * kernel,
    activations: KEPT * sizeOf(output) + workspace,
    workspace,
  };
}

/** The transpose of a strided convolution: every input pixel reaches a whole square of the output. */
export function transposedConvolution(kernelSize: number, input: ImageShape, output: ImageShape): Layer {
  const [height, width, channels] = input;
  const kernel = kernelSize ** 2 * channels * output[2];
  const workspace = windows(kernelSize, input, output[2]);
  return {
    kind: 'transposed-convolution',
    output,
    parameters: kernel + output[2],
    multiplyAdds: height * width * kernel,
    activations: KEPT * sizeOf(output) + workspace,
    workspace,
  };
}

/** Keeps a mask and its output. */
export const dropout = (shape: ImageShape): Layer => ({
  kind: 'dropout',
  output: shape,
  parameters: 0,
  multiplyAdds: 0,
  activations: 2 * sizeOf(shape),
});

/** One scale and one shift a channel: centred, and then scaled. */
export const normalization = (shape: ImageShape): Layer => ({
  kind: 'normalization',
  output: shape,
  parameters: 2 * shape[2],
  multiplyAdds: 0,
  activations: 2 * sizeOf(shape),
});

/** A draw from `size` normal distributions. */
export const sampling = (size: number): Layer => ({
  kind: 'sampling',
  output: [size],
  parameters: 0,
  multiplyAdds: 0,
  activations: 2 * size,
});

export const readsData = ([first, ...rest]: readonly Layer[]): Layer[] =>
  first ? [{ ...first, readsData: true }, ...rest] : [];

const sum = (layers: readonly Layer[], of: (layer: Layer) => number): number =>
  layers.reduce((total, layer) => total + of(layer), 0);

export const parametersOf = (layers: readonly Layer[]) => sum(layers, (layer) => layer.parameters);

/** The most numbers of one example that are held at any time of the backward pass. */
export const keptBy = (layers: readonly Layer[]): number =>
  sum(layers, (layer) => layer.activations) + Math.max(...layers.map(({ workspace = 0 }) => workspace));

/**
 * FLOPs of one example's forward pass: two a multiply-add. The gradients by the weights, or by all inputs, cost
 * the same.
 */
export const forward = (layers: readonly Layer[]): number => 2 * sum(layers, (layer) => layer.multiplyAdds);

/**
 * FLOPs of one example that a network learns from: forward, gradients by the weights, and by the inputs that
 * need one.
 */
export const learning = (layers: readonly Layer[]): number =>
  2 * forward(layers) + forward(layers.filter((layer) => !layer.readsData));
