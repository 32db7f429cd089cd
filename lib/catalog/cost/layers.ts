/** What one layer costs. A network is a list of them, from its input to its output. */
export interface Layer {
  /** Numbers that training changes. */
  readonly parameters: number;
  /** Multiply-adds of the forward pass for one example. */
  readonly multiplyAdds: number;
  /** Numbers of one example that the backward pass needs again. */
  readonly activations: number;
  /** Reads data, whose gradient nobody needs. */
  readonly readsData?: boolean;
}

/** Height and width in pixels, and channels. */
export type ImageShape = readonly [height: number, width: number, channels: number];

export const sizeOf = ([height, width, channels]: ImageShape): number => height * width * channels;

/** Sums before and after the activation function are both kept. */
const KEPT = 2;

export const dense = (inputs: number, units: number): Layer => ({
  parameters: (inputs + 1) * units,
  multiplyAdds: inputs * units,
  activations: KEPT * units,
});

/** Dense layers between consecutive widths. */
export const denseStack = (widths: readonly number[]): Layer[] =>
  widths.slice(1).map((units, i) => dense(widths[i] as number, units));

/** A convolution with bias and padding `same`: every output pixel sees a whole square of its input. */
export function convolution(kernelSize: number, inputChannels: number, output: ImageShape): Layer {
  const [height, width, channels] = output;
  const kernel = kernelSize ** 2 * inputChannels * channels;
  return {
    parameters: kernel + channels,
    multiplyAdds: height * width * kernel,
    activations: KEPT * sizeOf(output),
  };
}

/** The transpose of a strided convolution: every input pixel reaches a whole square of the output. */
export function transposedConvolution(kernelSize: number, input: ImageShape, output: ImageShape): Layer {
  const [height, width, channels] = input;
  const kernel = kernelSize ** 2 * channels * output[2];
  return {
    parameters: kernel + output[2],
    multiplyAdds: height * width * kernel,
    activations: KEPT * sizeOf(output),
  };
}

/** One scale and one shift a channel; no matrix product. */
export const normalization = (shape: ImageShape): Layer => ({
  parameters: 2 * shape[2],
  multiplyAdds: 0,
  activations: sizeOf(shape),
});

export const readsData = ([first, ...rest]: readonly Layer[]): Layer[] =>
  first ? [{ ...first, readsData: true }, ...rest] : [];

const sum = (layers: readonly Layer[], of: (layer: Layer) => number): number =>
  layers.reduce((total, layer) => total + of(layer), 0);

export const parametersOf = (layers: readonly Layer[]) => sum(layers, (layer) => layer.parameters);
export const activationsOf = (layers: readonly Layer[]) => sum(layers, (layer) => layer.activations);

/** FLOPs of one example: two a multiply-add. */
export const forward = (layers: readonly Layer[]) => 2 * sum(layers, (layer) => layer.multiplyAdds);
export const weightGradients = forward;
export const inputGradients = (layers: readonly Layer[]) =>
  forward(layers.filter((layer) => !layer.readsData));
