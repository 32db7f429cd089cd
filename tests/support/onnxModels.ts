/** ONNX files byte by byte, as others' programs may write them, and as nobody should. */

export type Part = Uint8Array;

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = BigInt.asUintN(64, BigInt(value)); ; rest >>= 7n) {
    const byte = Number(rest & 0x7fn);
    if (rest < 0x80n) return [...bytes, byte];
    bytes.push(byte | 0x80);
  }
}

const join = (parts: readonly Part[]): Part => new Uint8Array(Buffer.concat(parts));
const int = (id: number, value: number): Part => Uint8Array.from([...varint(id << 3), ...varint(value)]);
const bytes = (id: number, content: Part): Part =>
  join([Uint8Array.from([...varint((id << 3) | 2), ...varint(content.length)]), content]);
const text = (id: number, value: string): Part => bytes(id, new TextEncoder().encode(value));
const message = (id: number, ...parts: readonly Part[]): Part => bytes(id, join(parts));

export const FLOAT = 1;
export const UINT8 = 2;
export const INT32 = 6;
export const INT64 = 7;
export const BOOL = 9;
export const FLOAT16 = 10;
export const DOUBLE = 11;

type Dimension = number | string;

const valueInfo = (id: number, name: string, type: number, shape: readonly Dimension[]): Part => {
  const dims = shape.map((size) => message(1, typeof size === 'number' ? int(1, size) : text(2, size)));
  return message(id, text(1, name), message(2, message(1, int(1, type), message(2, ...dims))));
};
export const input = (name: string, type: number, shape: readonly Dimension[]) =>
  valueInfo(11, name, type, shape);
export const output = (name: string, shape: readonly Dimension[], type = FLOAT) =>
  valueInfo(12, name, type, shape);

type Numbers = Float32Array | BigInt64Array | Uint8Array;
const typeOf = (data: Numbers) =>
  data instanceof Float32Array ? FLOAT : data instanceof BigInt64Array ? INT64 : BOOL;
const tensorParts = (name: string, dims: readonly number[], data: Numbers): Part[] => [
  ...dims.map((size) => int(1, size)),
  int(2, typeOf(data)),
  text(8, name),
  bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
];

/** An initializer; `extra` may say that it lies elsewhere. */
export const weight = (name: string, dims: readonly number[], data: Numbers, ...extra: Part[]) =>
  message(5, ...tensorParts(name, dims, data), ...extra);
export const int64s = (name: string, ...values: number[]) =>
  weight(name, [values.length], BigInt64Array.from(values, BigInt));
/** Fields of a tensor whose data is in another file. */
export const external = [message(13, text(1, 'location'), text(2, 'weights.bin')), int(14, 1)];
/** The same with its place there: `location`, `offset`, `length`. */
export const outside = (place: Readonly<Record<string, string>>) => [
  ...Object.entries(place).map(([key, of]) => message(13, text(1, key), text(2, of))),
  int(14, 1),
];
/** An initializer without data of its own. */
export const emptyWeight = (name: string, dims: readonly number[], ...extra: Part[]) =>
  message(5, ...dims.map((size) => int(1, size)), int(2, FLOAT), text(8, name), ...extra);

/** A whole number as an attribute. */
export const whole = (name: string, value: number) => message(5, text(1, name), int(20, 2), int(3, value));
export const cast = (from: string, to: string, type: number) =>
  node('Cast', [from], [to], { attributes: [whole('to', type)] });

/** A list of whole numbers as an attribute. */
export const ints = (name: string, ...values: number[]) =>
  message(5, text(1, name), int(20, 7), ...values.map((value) => int(8, value)));
/** A graph as an attribute. */
export const body = (...parts: readonly Part[]) =>
  message(5, text(1, 'body'), int(20, 5), message(6, text(2, 'body'), ...parts));
/** A tensor as an attribute. */
export const value = (...extra: Part[]) =>
  message(
    5,
    text(1, 'value'),
    int(20, 4),
    message(5, ...tensorParts('constant', [1], Float32Array.of(0)), ...extra),
  );

export function node(
  opType: string,
  from: readonly string[],
  to: readonly string[],
  { attributes = [], domain = '' }: { attributes?: readonly Part[]; domain?: string } = {},
): Part {
  const names = [...from.map((name) => text(1, name)), ...to.map((name) => text(2, name))];
  return message(1, ...names, text(4, opType), ...attributes, text(7, domain));
}

export const graph = (...parts: readonly Part[]) => message(7, text(2, 'graph'), ...parts);

/** A whole file. @param version of the format. */
export const modelOf = (graphs: readonly Part[], opset = 17, version = 8): Part =>
  join([int(1, version), ...graphs, message(8, text(1, ''), int(2, opset))]);

/** The same file with metadata. */
export const described = (model: Uint8Array, entries: Readonly<Record<string, string>>): Uint8Array =>
  join([model, ...Object.entries(entries).map(([key, of]) => message(14, text(1, key), text(2, of)))]);

interface Generator {
  readonly latentSize?: number;
  readonly rows?: Dimension;
  /** Sizes of an image: those behind the rows. */
  readonly shape?: readonly number[];
  readonly activation?: string;
  /** Further parts of the graph. */
  readonly extra?: readonly Part[];
  readonly opset?: number;
  /** What is declared of the output. */
  readonly declared?: readonly Dimension[];
  /** All dimensions of the latents, as they are declared. */
  readonly latents?: readonly Dimension[];
  /** Types of latents and images. Bytes are 255 for 1 and 0 for -1. */
  readonly types?: { readonly from?: number; readonly to?: number };
  /** A value of `extra` that is added to all pixels before the activation. */
  readonly added?: string;
  /** What images are reshaped to, rows and all. */
  readonly reshaped?: readonly number[];
  /** Parts behind the images as floats, `shaped`, and the name of what becomes of them. */
  readonly after?: readonly Part[];
  readonly from?: string;
  /** What the latents are called. */
  readonly name?: string;
  readonly version?: number;
}

/** Pixel i of latents z is activation(z[0] + i / 100 + what is added). */
export function generator(given: Generator = {}): Uint8Array {
  const { latentSize = 4, rows = 'N', shape = [1, 8, 8], activation = 'Tanh', extra = [], opset } = given;
  const { name = 'z', latents = [rows, latentSize], types: { from = FLOAT, to = FLOAT } = {} } = given;
  const size = shape.reduce((product, n) => product * n, 1);
  const kernel = new Float32Array(latentSize * size).fill(1, 0, size);
  return modelOf(
    [
      graph(
        input(name, from, latents),
        output('images', given.declared ?? [rows, ...shape], to),
        int64s('flat', -1, latentSize),
        weight('half', [], Float32Array.of(127.5)),
        weight('kernel', [latentSize, size], kernel),
        weight(
          'bias',
          [size],
          Float32Array.from({ length: size }, (_, i) => i / 100),
        ),
        int64s('shape', ...(given.reshaped ?? [-1, ...shape])),
        ...extra,
        cast(name, 'floats', FLOAT),
        node('Reshape', ['floats', 'flat'], ['rows']),
        node('Gemm', ['rows', 'kernel', 'bias'], ['products']),
        given.added === undefined
          ? node('Identity', ['products'], ['sums'])
          : node('Add', ['products', given.added], ['sums']),
        node(activation, ['sums'], ['pixels']),
        ...(to === UINT8
          ? [node('Mul', ['pixels', 'half'], ['scaled']), node('Add', ['scaled', 'half'], ['levels'])]
          : [node('Identity', ['pixels'], ['levels'])]),
        node('Reshape', ['levels', 'shape'], ['shaped']),
        ...(given.after ?? []),
        cast(given.from ?? 'shaped', 'images', to),
      ),
    ],
    opset,
    given.version,
  );
}

/** Fills images from a tensor of so many numbers: 4 bytes each. */
export const hungry = (numbers: number): Uint8Array =>
  modelOf([
    graph(
      input('z', FLOAT, ['N', 4]),
      output('images', ['N', 1, 8, 8]),
      int64s('much', numbers),
      int64s('shape', -1, 1, 8, 8),
      int64s('first', 0),
      int64s('some', 64),
      // Depends on the latents, so that nothing can be computed beforehand.
      node('ReduceMax', ['z'], ['one'], {
        attributes: [message(5, text(1, 'keepdims'), int(20, 2), int(3, 0))],
      }),
      node('Expand', ['one', 'much'], ['large']),
      node('Exp', ['large'], ['larger']),
      node('Slice', ['larger', 'first', 'some'], ['few']),
      node('Reshape', ['few', 'shape'], ['images']),
    ),
  ]);

/** Adds 1 for ever, as far as one can wait; then makes images. */
export const endless = (): Uint8Array =>
  modelOf([
    graph(
      input('z', FLOAT, ['N', 4]),
      output('images', ['N', 1, 8, 8]),
      weight('count', [], BigInt64Array.of(2n ** 60n)),
      weight('true', [], Uint8Array.of(1)),
      weight('kernel', [4, 64], new Float32Array(256)),
      int64s('shape', -1, 1, 8, 8),
      node('Loop', ['count', 'true', 'z'], ['last'], {
        attributes: [
          body(
            input('i', INT64, []),
            input('go', BOOL, []),
            input('x', FLOAT, ['N', 4]),
            output('on', [], BOOL),
            output('y', ['N', 4]),
            weight('one', [], Float32Array.of(1)),
            node('Identity', ['go'], ['on']),
            node('Add', ['x', 'one'], ['y']),
          ),
        ],
      }),
      node('MatMul', ['last', 'kernel'], ['sums']),
      node('Reshape', ['sums', 'shape'], ['images']),
    ),
  ]);
