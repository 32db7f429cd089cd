import protobuf from 'protobufjs/light.js';

const repeated = (type: string, id: number) => ({ rule: 'repeated', type, id });
const map = (type: string, id: number) => ({ keyType: 'string', type, id });

/** The part of TensorFlow's format (saved_model.proto and what it includes) that the lowering writes. */
const descriptor = {
  nested: {
    SavedModel: {
      fields: { schemaVersion: { type: 'int64', id: 1 }, metaGraphs: repeated('MetaGraph', 2) },
    },
    MetaGraph: {
      fields: {
        info: { type: 'Info', id: 1 },
        graph: { type: 'Graph', id: 2 },
        signatures: map('Signature', 5),
      },
    },
    Info: { fields: { tags: repeated('string', 4) } },
    Signature: {
      fields: {
        inputs: map('TensorInfo', 1),
        outputs: map('TensorInfo', 2),
        methodName: { type: 'string', id: 3 },
      },
    },
    TensorInfo: {
      fields: {
        name: { type: 'string', id: 1 },
        dtype: { type: 'int32', id: 2 },
        shape: { type: 'Shape', id: 3 },
      },
    },
    Graph: { fields: { node: repeated('Node', 1), versions: { type: 'Versions', id: 4 } } },
    Versions: { fields: { producer: { type: 'int32', id: 1 } } },
    Node: {
      fields: {
        name: { type: 'string', id: 1 },
        op: { type: 'string', id: 2 },
        input: repeated('string', 3),
        attr: map('Attribute', 5),
      },
    },
    Attribute: {
      oneofs: { value: { oneof: ['list', 's', 'i', 'f', 'b', 'type', 'shape', 'tensor'] } },
      fields: {
        list: { type: 'List', id: 1 },
        s: { type: 'string', id: 2 },
        i: { type: 'int64', id: 3 },
        f: { type: 'float', id: 4 },
        b: { type: 'bool', id: 5 },
        type: { type: 'int32', id: 6 },
        shape: { type: 'Shape', id: 7 },
        tensor: { type: 'Tensor', id: 8 },
      },
    },
    List: { fields: { i: repeated('int64', 3) } },
    Shape: { fields: { dim: repeated('Dimension', 2) } },
    Dimension: { fields: { size: { type: 'int64', id: 1 } } },
    Tensor: {
      fields: {
        dtype: { type: 'int32', id: 1 },
        shape: { type: 'Shape', id: 2 },
        content: { type: 'bytes', id: 4 },
      },
    },
  },
};

const savedModel = protobuf.Root.fromJSON(descriptor).lookupType('SavedModel');

/** Numbers of the types in TensorFlow's types.proto (DataType); the binding counts the same way. */
export const dataTypes = {
  float32: 1,
  int32: 3,
  uint8: 4,
  bool: 10,
  resource: 20,
  variant: 21,
  uint32: 22,
} as const;
export type DataType = keyof typeof dataTypes;

/** One attribute of a node, by the kind of its value. */
export type AttributeValue =
  | { readonly list: { readonly i: readonly number[] } }
  | { readonly s: string }
  | { readonly i: number }
  | { readonly f: number }
  | { readonly b: boolean }
  | { readonly type: number }
  | { readonly shape: object }
  | { readonly tensor: object };

export interface TensorflowNode {
  readonly name: string;
  readonly op: string;
  /** `name`, `name:1` for a second output, `^name` to run after it. */
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, AttributeValue>>;
}

/** A tensor that a signature names: its place `node:output` in the graph, its type and its shape. */
export interface TensorInfo {
  readonly name: string;
  readonly dtype: number;
  readonly shape: object;
}

/** One thing that a model can be run for: which tensors go in and come out, by the names of `names` in lower.ts. */
export interface Signature {
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly outputs: Readonly<Record<string, TensorInfo>>;
}
export type Signatures = Readonly<Record<string, Signature>>;

/** The tag under which a SavedModel's only graph is loaded. */
export const TAG = 'serve';

/** A GraphDef version of TensorFlow 2.x, old enough for all of them; with those of 1.x some ops mean something else. */
const PRODUCER = 1000;

const shape = (dims: readonly number[]): object => ({ dim: dims.map((size) => ({ size })) });

/** A type as the value of an attribute. */
export const type = (dtype: DataType): AttributeValue => ({ type: dataTypes[dtype] });

/** A shape; -1 is a size known only when the model runs. */
export const shapeAttribute = (dims: readonly number[]): AttributeValue => ({ shape: shape(dims) });

/** A constant's content: dense values in row-major order. */
export function tensorAttribute(
  dtype: DataType,
  dims: readonly number[],
  data: ArrayBufferView,
): AttributeValue {
  const content = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return { tensor: { dtype: dataTypes[dtype], shape: shape(dims), content } };
}

/** @param name a place; `node` alone is its first output. */
export const tensorInfo = (name: string, dtype: DataType, dims: readonly number[]): TensorInfo => ({
  name: name.includes(':') ? name : `${name}:0`,
  dtype: dataTypes[dtype],
  shape: shape(dims),
});

/** The bytes of `saved_model.pb`: all of a SavedModel that has no variables on disk. */
export function encodeSavedModel(node: readonly TensorflowNode[], signatures: Signatures): Uint8Array {
  const graph = { node, versions: { producer: PRODUCER } };
  const metaGraphs = [{ info: { tags: [TAG] }, graph, signatures }];
  return savedModel.encode({ schemaVersion: 1, metaGraphs }).finish();
}

/** The nodes and signatures of what `encodeSavedModel` has made. */
export function decodeSavedModel(model: Uint8Array): { nodes: TensorflowNode[]; signatures: Signatures } {
  const { metaGraphs } = savedModel.decode(model) as unknown as {
    metaGraphs: [{ graph: { node: TensorflowNode[] }; signatures: Signatures }];
  };
  const [{ graph, signatures }] = metaGraphs;
  return { nodes: graph.node, signatures };
}
