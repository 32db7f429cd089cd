import protobuf from 'protobufjs/light.js';

/** The part of ONNX's format (onnx.proto3, IR version 10) that the lowering writes. */
const descriptor = {
  nested: {
    OperatorSet: { fields: { domain: { type: 'string', id: 1 }, version: { type: 'int64', id: 2 } } },
    Model: {
      fields: {
        irVersion: { type: 'int64', id: 1 },
        producerName: { type: 'string', id: 2 },
        docString: { type: 'string', id: 6 },
        graph: { type: 'Graph', id: 7 },
        opsetImport: { rule: 'repeated', type: 'OperatorSet', id: 8 },
        metadataProps: { rule: 'repeated', type: 'Entry', id: 14 },
      },
    },
    Entry: { fields: { key: { type: 'string', id: 1 }, value: { type: 'string', id: 2 } } },
    Graph: {
      fields: {
        node: { rule: 'repeated', type: 'Node', id: 1 },
        name: { type: 'string', id: 2 },
        initializer: { rule: 'repeated', type: 'Tensor', id: 5 },
        input: { rule: 'repeated', type: 'ValueInfo', id: 11 },
        output: { rule: 'repeated', type: 'ValueInfo', id: 12 },
      },
    },
    Node: {
      fields: {
        input: { rule: 'repeated', type: 'string', id: 1 },
        output: { rule: 'repeated', type: 'string', id: 2 },
        name: { type: 'string', id: 3 },
        opType: { type: 'string', id: 4 },
        attribute: { rule: 'repeated', type: 'Attribute', id: 5 },
      },
    },
    Attribute: {
      fields: {
        name: { type: 'string', id: 1 },
        f: { type: 'float', id: 2 },
        i: { type: 'int64', id: 3 },
        s: { type: 'bytes', id: 4 },
        g: { type: 'Graph', id: 6 },
        ints: { rule: 'repeated', type: 'int64', id: 8 },
        type: { type: 'int32', id: 20 },
      },
    },
    Tensor: {
      fields: {
        dims: { rule: 'repeated', type: 'int64', id: 1 },
        dataType: { type: 'int32', id: 2 },
        name: { type: 'string', id: 8 },
        rawData: { type: 'bytes', id: 9 },
      },
    },
    ValueInfo: {
      fields: {
        name: { type: 'string', id: 1 },
        type: { type: 'Type', id: 2 },
        docString: { type: 'string', id: 3 },
      },
    },
    Type: { fields: { tensorType: { type: 'TensorType', id: 1 } } },
    TensorType: { fields: { elemType: { type: 'int32', id: 1 }, shape: { type: 'Shape', id: 2 } } },
    Shape: { fields: { dim: { rule: 'repeated', type: 'Dimension', id: 1 } } },
    Dimension: { fields: { dimValue: { type: 'int64', id: 1 }, dimParam: { type: 'string', id: 2 } } },
  },
} as const;

const model = protobuf.Root.fromJSON(descriptor).lookupType('Model');

/** Element types as TensorProto.DataType counts them. */
export const elementTypes = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  uint32: 12,
} as const;
export type ElementType = keyof typeof elementTypes;

export interface OnnxAttribute {
  readonly name: string;
  readonly type: number;
  readonly f?: number;
  readonly i?: number;
  readonly s?: Uint8Array;
  readonly ints?: readonly number[];
  readonly g?: OnnxGraph;
}

export interface OnnxNode {
  readonly opType: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attribute: readonly OnnxAttribute[];
}

export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly dataType: number;
  readonly rawData: Uint8Array;
}

export interface OnnxGraph {
  readonly name: string;
  readonly node: readonly OnnxNode[];
  readonly initializer: readonly OnnxTensor[];
  readonly input: readonly object[];
  readonly output: readonly object[];
}

/**
 * An attribute; its ONNX type follows from the value: text, int, ints, graph, or `{ float }`, which an int can't be
 * told from.
 */
export function attribute(
  name: string,
  value: number | string | readonly number[] | OnnxGraph | { float: number },
): OnnxAttribute {
  if (typeof value === 'string') return { name, type: 3, s: new TextEncoder().encode(value) };
  if (typeof value === 'number') return { name, type: 2, i: value };
  if ('node' in value) return { name, type: 5, g: value };
  if ('float' in value) return { name, type: 1, f: value.float };
  return { name, type: 7, ints: value };
}

/** A node. @param output the name of its only output, or of each. */
export function node(
  opType: string,
  input: readonly string[],
  output: string | readonly string[],
  attributes: readonly OnnxAttribute[] = [],
): OnnxNode {
  return { opType, input, output: typeof output === 'string' ? [output] : output, attribute: attributes };
}

/** An initializer of `data`, in row-major order. */
export function tensor(
  name: string,
  type: ElementType,
  dims: readonly number[],
  data: ArrayBufferView,
): OnnxTensor {
  const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return { name, dims, dataType: elementTypes[type], rawData };
}

/** An input or output; a string among its dimensions names a size that is known only when the model runs. */
export function valueInfo(
  name: string,
  type: ElementType,
  shape: readonly (number | string)[],
  docString = '',
): object {
  const dim = shape.map((size) => (typeof size === 'string' ? { dimParam: size } : { dimValue: size }));
  return { name, type: { tensorType: { elemType: elementTypes[type], shape: { dim } } }, docString };
}

/** What a model file tells its reader: a text, and `metadata_props`. */
export interface Description {
  readonly docString: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The bytes of an .onnx file of opset 20, the newest that every executor of onnxruntime 1.30 has kernels for. */
export function encodeModel(
  graph: OnnxGraph,
  { docString, metadata }: Partial<Description> = {},
): Uint8Array {
  const opsetImport = [{ domain: '', version: 20 }];
  const metadataProps = Object.entries(metadata ?? {}).map(([key, value]) => ({ key, value }));
  return model
    .encode({ irVersion: 9, producerName: 'colatent', docString, graph, opsetImport, metadataProps })
    .finish();
}

/** The operators of what `encodeModel` has made, those of bodies too, in the order of the nodes. */
export function operatorsOf(bytes: Uint8Array): string[] {
  const { graph } = model.decode(bytes) as unknown as { graph: OnnxGraph };
  const list = ({ node: nodes }: OnnxGraph): string[] =>
    nodes.flatMap(({ opType, attribute: given }) => [
      opType,
      ...given.flatMap(({ g }) => (g ? list(g) : [])),
    ]);
  return list(graph);
}
