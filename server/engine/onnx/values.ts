import { createSession, executorOf } from '../executors';
import type { Tensor as StoredTensor, ValueInfo } from './modelFile';
import { attribute, elementTypes, encodeModel, node, valueInfo } from './proto';
import * as ort from './runtime';

/** Element types, as TensorProto.DataType counts them, that an imported model's inputs and outputs may have. */
const types = {
  1: 'float32',
  2: 'uint8',
  3: 'int8',
  4: 'uint16',
  5: 'int16',
  6: 'int32',
  7: 'int64',
  9: 'bool',
  10: 'float16',
  11: 'float64',
  12: 'uint32',
  13: 'uint64',
} as const;
export type NumberType = (typeof types)[keyof typeof types];

/** The element type that a file declares for an input or output; null for one that isn't supported. */
export function typeOf({ type }: ValueInfo): NumberType | null {
  const { elemType = 0 } = type?.tensorType ?? {};
  return types[elemType as keyof typeof types] ?? null;
}

export const isFloat = (type: NumberType): boolean => type.startsWith('float');

/**
 * The declared sizes of an input or output, `null` for each that is known only when the model runs; `null` without a
 * shape.
 */
export function shapeOf({ type }: ValueInfo): (number | null)[] | null {
  const shape = type?.tensorType?.shape;
  return (
    shape?.dim.map(({ dimValue }) => {
      const size = Number(dimValue);
      return size > 0 ? size : null;
    }) ?? null
  );
}

/** An input or output for messages, as in `z: float32[N, 100]`. */
export function printed(value: ValueInfo): string {
  const dims = value.type?.tensorType?.shape?.dim.map(({ dimValue, dimParam }) =>
    Number(dimValue) > 0 ? String(dimValue) : dimParam || '?',
  );
  return `${value.name}: ${typeOf(value) ?? '?'}[${dims?.join(', ') ?? '...'}]`;
}

/** The numbers of a small tensor of a file, flat; none if its element type isn't read here. */
export function numbersOf(tensor: StoredTensor): number[] {
  const { rawData, floatData, doubleData, int32Data, int64Data, dataType } = tensor;
  const listed = [...floatData, ...doubleData, ...int32Data, ...int64Data.map(Number)];
  if (listed.length > 0 || rawData.length === 0) return listed;
  const { buffer } = new Uint8Array(rawData);
  const view = new DataView(buffer);
  const read = (bytes: number, at: (offset: number) => number | bigint): number[] =>
    Array.from({ length: Math.floor(buffer.byteLength / bytes) }, (_, i) => Number(at(i * bytes)));
  switch (types[dataType as keyof typeof types]) {
    case 'float32':
      return read(4, (i) => view.getFloat32(i, true));
    case 'float64':
      return read(8, (i) => view.getFloat64(i, true));
    case 'int32':
      return read(4, (i) => view.getInt32(i, true));
    case 'int64':
      return read(8, (i) => view.getBigInt64(i, true));
    case 'bool':
    case 'uint8':
      return read(1, (i) => view.getUint8(i));
    default:
      return [];
  }
}

type Listed = ArrayLike<number>;
const arrays = {
  float32: (values: Listed) => Float32Array.from(values),
  float64: (values: Listed) => Float64Array.from(values),
  uint8: (values: Listed) => Uint8Array.from(values),
  int8: (values: Listed) => Int8Array.from(values),
  uint16: (values: Listed) => Uint16Array.from(values),
  int16: (values: Listed) => Int16Array.from(values),
  int32: (values: Listed) => Int32Array.from(values),
  uint32: (values: Listed) => Uint32Array.from(values),
  int64: (values: Listed) => BigInt64Array.from(Array.from(values), BigInt),
  uint64: (values: Listed) => BigUint64Array.from(Array.from(values), BigInt),
  bool: (values: Listed) => Uint8Array.from(values),
} as const satisfies Record<Exclude<NumberType, 'float16'>, (values: Listed) => unknown>;

/** Casts from or to float16, which JavaScript doesn't have, by a model of one Cast. */
class HalfCast {
  private session: Promise<ort.InferenceSession> | null = null;

  constructor(
    private readonly from: 'float16' | 'float32',
    private readonly to: 'float16' | 'float32',
  ) {}

  async cast(tensor: ort.Tensor): Promise<ort.Tensor> {
    this.session ??= this.open();
    // Whatever its rank: a cast sees a row of numbers.
    const flat = tensor.reshape([tensor.size]);
    const { y } = await (await this.session).run({ x: flat });
    return (y as ort.Tensor).reshape(tensor.dims);
  }

  async close(): Promise<void> {
    await (await this.session)?.release();
  }

  private open(): Promise<ort.InferenceSession> {
    const { from, to } = this;
    const cast = node('Cast', ['x'], 'y', [attribute('to', elementTypes[to])]);
    const [input, output] = [[valueInfo('x', from, ['N'])], [valueInfo('y', to, ['N'])]];
    const graph = { name: 'cast', node: [cast], initializer: [], input, output };
    return createSession(executorOf('onnx-cpu'), encodeModel(graph));
  }
}

/** Makes tensors of any element type of numbers, and numbers of tensors. */
export class Numbers {
  private readonly halves = new HalfCast('float32', 'float16');
  private readonly singles = new HalfCast('float16', 'float32');

  /** A tensor of `values`, in row-major order. @throws RangeError if they aren't as many as `dims` say. */
  async tensor(type: NumberType, values: Listed, dims: readonly number[]): Promise<ort.Tensor> {
    if (type === 'float16')
      return this.halves.cast(new ort.Tensor('float32', Float32Array.from(values), dims));
    return new ort.Tensor(type, arrays[type](values), dims);
  }

  /** A tensor's values as float32, whatever its type. */
  async values(tensor: ort.Tensor): Promise<Float32Array> {
    const { data } = tensor.type === 'float16' ? await this.singles.cast(tensor) : tensor;
    if (data instanceof Float32Array) return data;
    return Float32Array.from(data as ArrayLike<number | bigint>, Number);
  }

  async close(): Promise<void> {
    await Promise.all([this.halves.close(), this.singles.close()]);
  }
}
