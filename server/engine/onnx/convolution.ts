import { convolution as geometry, numbers } from '../ir/kernelTypes';
import { type Attributes, GraphError, type Value } from '../ir/tensors';
import { attribute, node, type OnnxNode } from './proto';
import type { Rule, Site } from './rule';

/**
 * TensorFlow.js's convolutions are NHWC with filters HWIO, ONNX's are NCHW with filters OIHW: each rule turns
 * its inputs and its result, and the graph's layout pass takes out the turns that meet.
 */
const nchw = [0, 3, 1, 2] as const;
const nhwc = [0, 2, 3, 1] as const;
const oihw = [3, 2, 0, 1] as const;

const turn = (x: string, perm: readonly number[], to: string): OnnxNode =>
  node('Transpose', [x], to, [attribute('perm', perm)]);

function geometryOf(x: readonly number[], filter: readonly number[], attributes: Attributes) {
  const { padInfo, strideHeight, strideWidth, outHeight, outWidth } = geometry(x, filter, attributes);
  const pads = [padInfo.top, padInfo.left, padInfo.bottom, padInfo.right];
  return { pads, strides: [strideHeight, strideWidth], outSize: [outHeight, outWidth] };
}

const shapes = (site: Site): readonly [Value, Value] => {
  const [a, b] = site.values.inputs;
  if (!a || !b) throw new GraphError('A convolution has two inputs');
  return [a, b];
};

/** `Conv2D`: x [N, H, W, in] and filter [h, w, in, out] to [N, H', W', out]. */
export const convolution: Rule = (site) => {
  const [x, filter] = shapes(site);
  const [turnedX, turnedFilter, result] = [site.fresh(), site.fresh(), site.fresh()];
  const { pads, strides } = geometryOf(x.shape, filter.shape, site.attributes);
  return [
    turn(site.inputs[0] as string, nchw, turnedX),
    turn(site.inputs[1] as string, oihw, turnedFilter),
    node('Conv', [turnedX, turnedFilter], result, [
      attribute('pads', pads),
      attribute('strides', strides),
      attribute('kernel_shape', filter.shape.slice(0, 2)),
    ]),
    turn(result, nhwc, site.output),
  ];
};

/**
 * `Conv2DBackpropInput`: dy [N, H', W', out] and filter to the gradient by x, the transposed convolution. Several sizes
 * of x lead to the same dy where strides are above 1: `output_padding` chooses.
 */
export const inputGradient: Rule = (site) => {
  const [dy, filter] = shapes(site);
  const inputShape = numbers(site.attributes, 'inputShape');
  const [turnedDy, turnedFilter, result] = [site.fresh(), site.fresh(), site.fresh()];
  const { pads, strides } = geometryOf(inputShape, filter.shape, site.attributes);
  const open = [0, 1].map((axis) => {
    const [stride, kernel] = [strides[axis] as number, filter.shape[axis] as number];
    const padded = ((dy.shape[1 + axis] as number) - 1) * stride + kernel;
    const cut = (pads[axis] as number) + (pads[axis + 2] as number);
    return (inputShape[1 + axis] as number) - (padded - cut);
  });
  return [
    turn(site.inputs[0] as string, nchw, turnedDy),
    turn(site.inputs[1] as string, oihw, turnedFilter),
    node('ConvTranspose', [turnedDy, turnedFilter], result, [
      attribute('pads', pads),
      attribute('strides', strides),
      attribute('kernel_shape', filter.shape.slice(0, 2)),
      attribute('output_padding', open),
    ]),
    turn(result, nhwc, site.output),
  ];
};

/**
 * `Conv2DBackpropFilter`: x and dy to the gradient by the filter, which is x as [in, N, H, W] convolved with dy as
 * [out, N, H', W'], dilated by the strides. Rows and columns of x that no window reached are left over at the end
 * and cut off.
 */
export const filterGradient: Rule = (site) => {
  const [x, dy] = shapes(site);
  const filterShape = numbers(site.attributes, 'filterShape');
  const { pads, strides } = geometryOf(x.shape, filterShape, site.attributes);
  const [turnedX, turnedDy, whole] = [site.fresh(), site.fresh(), site.fresh()];
  const kernel = dy.shape.slice(1, 3);
  const leftOver = [0, 1].map((axis) => {
    const padded = (x.shape[1 + axis] as number) + (pads[axis] as number) + (pads[axis + 2] as number);
    const reached =
      (strides[axis] as number) * ((kernel[axis] as number) - 1) + (filterShape[axis] as number);
    return padded - reached;
  });
  const nodes = [
    turn(site.inputs[0] as string, [3, 0, 1, 2], turnedX),
    turn(site.inputs[1] as string, [3, 0, 1, 2], turnedDy),
    node('Conv', [turnedX, turnedDy], whole, [
      attribute('pads', pads),
      attribute('dilations', strides),
      attribute('kernel_shape', kernel),
    ]),
  ];
  const toHwio = [2, 3, 0, 1];
  if (leftOver.every((n) => n === 0)) return [...nodes, turn(whole, toHwio, site.output)];
  const cut = site.fresh();
  const bounds = [site.int64s([0, 0]), site.int64s(filterShape.slice(0, 2)), site.int64s([2, 3])];
  return [...nodes, node('Slice', [whole, ...bounds], cut), turn(cut, toHwio, site.output)];
};
