import protobuf from 'protobufjs/light.js';
import { refusal } from './refusal';

const repeated = (type: string, id: number) => ({ rule: 'repeated', type, id });
const single = (type: string, id: number) => ({ type, id });

/**
 * The part of ONNX's format (onnx.proto3) that must be known of a file before it is loaded. Messages are read as
 * repeated even where the format has one: ONNX Runtime merges those that are there twice, so all must be looked at.
 */
const descriptor = {
  nested: {
    Model: {
      fields: {
        irVersion: single('int64', 1),
        producerName: single('string', 2),
        graph: repeated('Graph', 7),
        opsetImport: repeated('OperatorSet', 8),
        metadataProps: repeated('Entry', 14),
        training: repeated('Training', 20),
        functions: repeated('Function', 25),
      },
    },
    OperatorSet: { fields: { domain: single('string', 1), version: single('int64', 2) } },
    Training: { fields: { graph: repeated('Graph', 1), algorithm: repeated('Graph', 2) } },
    Function: { fields: { node: repeated('Node', 7), domain: single('string', 10) } },
    Graph: {
      fields: {
        node: repeated('Node', 1),
        initializer: repeated('Tensor', 5),
        input: repeated('ValueInfo', 11),
        output: repeated('ValueInfo', 12),
        sparseInitializer: repeated('SparseTensor', 15),
      },
    },
    Node: {
      fields: {
        input: repeated('string', 1),
        output: repeated('string', 2),
        opType: single('string', 4),
        attribute: repeated('Attribute', 5),
        domain: single('string', 7),
      },
    },
    Attribute: {
      fields: {
        name: single('string', 1),
        i: single('int64', 3),
        t: repeated('Tensor', 5),
        g: repeated('Graph', 6),
        tensors: repeated('Tensor', 10),
        graphs: repeated('Graph', 11),
        sparseTensor: repeated('SparseTensor', 22),
        sparseTensors: repeated('SparseTensor', 23),
      },
    },
    Tensor: {
      fields: {
        dims: repeated('int64', 1),
        dataType: single('int32', 2),
        floatData: repeated('float', 4),
        int32Data: repeated('int32', 5),
        int64Data: repeated('int64', 7),
        name: single('string', 8),
        rawData: single('bytes', 9),
        doubleData: repeated('double', 10),
        externalData: repeated('Entry', 13),
        dataLocation: single('int32', 14),
      },
    },
    SparseTensor: { fields: { values: repeated('Tensor', 1), indices: repeated('Tensor', 2) } },
    Entry: { fields: { key: single('string', 1), value: single('string', 2) } },
    ValueInfo: { fields: { name: single('string', 1), type: single('Type', 2) } },
    Type: { fields: { tensorType: single('TensorType', 1) } },
    TensorType: { fields: { elemType: single('int32', 1), shape: single('Shape', 2) } },
    Shape: { fields: { dim: repeated('Dimension', 1) } },
    Dimension: { fields: { dimValue: single('int64', 1), dimParam: single('string', 2) } },
  },
};

const modelType = protobuf.Root.fromJSON(descriptor).lookupType('Model');

/**
 * A TensorProto as it is decoded. Of all messages here repeated fields, numbers and texts are always there, other
 * messages only if the file has them; an int64 is a Long or a number.
 */
export interface Tensor {
  readonly name: string;
  readonly dims: readonly unknown[];
  readonly dataType: number;
  readonly floatData: readonly number[];
  readonly int32Data: readonly number[];
  readonly int64Data: readonly unknown[];
  readonly doubleData: readonly number[];
  readonly rawData: Uint8Array;
  readonly externalData: readonly unknown[];
  readonly dataLocation: number;
}
interface SparseTensor {
  readonly values: readonly Tensor[];
  readonly indices: readonly Tensor[];
}
interface Attribute {
  readonly name: string;
  readonly i: unknown;
  readonly t: readonly Tensor[];
  readonly g: readonly Graph[];
  readonly tensors: readonly Tensor[];
  readonly graphs: readonly Graph[];
  readonly sparseTensor: readonly SparseTensor[];
  readonly sparseTensors: readonly SparseTensor[];
}
export interface Node {
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly opType: string;
  readonly domain: string;
  readonly attribute: readonly Attribute[];
}
export interface Graph {
  readonly node: readonly Node[];
  readonly initializer: readonly Tensor[];
  readonly sparseInitializer: readonly SparseTensor[];
  readonly input: readonly ValueInfo[];
  readonly output: readonly ValueInfo[];
}
export interface ValueInfo {
  readonly name: string;
  readonly type?: { readonly tensorType?: TensorType };
}
interface TensorType {
  readonly elemType: number;
  readonly shape?: { readonly dim: readonly { readonly dimValue: unknown; readonly dimParam: string }[] };
}
export interface Model {
  readonly irVersion: unknown;
  readonly producerName: string;
  readonly graph: readonly Graph[];
  readonly opsetImport: readonly { readonly domain: string; readonly version: unknown }[];
  readonly metadataProps: readonly { readonly key: string; readonly value: string }[];
  readonly training: readonly { readonly graph: readonly Graph[]; readonly algorithm: readonly Graph[] }[];
  readonly functions: readonly { readonly domain: string; readonly node: readonly Node[] }[];
}

/**
 * Decodes an .onnx file and its only graph. @throws ImportedModelError if it is none, is cut off, or has several
 * graphs.
 */
export function decodeModel(bytes: Uint8Array): { model: Model; graph: Graph } {
  let model: Model;
  try {
    model = modelType.decode(bytes) as unknown as Model;
  } catch {
    throw refusal('This is no ONNX model, or not all of it. Bring the whole .onnx file');
  }
  const { graph, irVersion, opsetImport } = model;
  const [only] = graph;
  const isWhole = graph.length === 1 && only && only.node.length > 0;
  if (!isWhole || Number(irVersion) < 1 || opsetImport.length === 0)
    throw refusal('This is no ONNX model, or not all of it. Bring the whole .onnx file');
  return { model, graph: only };
}

/** Numbers by which a model holds its graph and a graph its initializers. */
const [GRAPH, INITIALIZER] = [7, 5];

/**
 * The bytes of the same .onnx file without the initializers of these names, so that the inputs of their names must be
 * given: ONNX Runtime's JavaScript doesn't hand over inputs that the file has a value for.
 */
export function withoutInitializers(bytes: Uint8Array, names: ReadonlySet<string>): Uint8Array {
  if (names.size === 0) return bytes;
  const tensor = modelType.root.lookupType('Tensor');
  const isMeant = (field: Uint8Array) => names.has((tensor.decode(field) as unknown as Tensor).name);
  const graph = (whole: Uint8Array) =>
    rewritten(whole, INITIALIZER, (field) => (isMeant(field) ? null : field));
  return rewritten(bytes, GRAPH, graph);
}

/** A Protocol Buffers message with its fields of one number changed, or left out where `change` gives `null`. */
function rewritten(
  message: Uint8Array,
  number: number,
  change: (field: Uint8Array) => Uint8Array | null,
): Uint8Array {
  const reader = protobuf.Reader.create(message);
  const parts: Uint8Array[] = [];
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const tag = reader.uint32();
    if (tag >>> 3 !== number) {
      reader.skipType(tag & 7);
      parts.push(message.subarray(start, reader.pos));
      continue;
    }
    const field = change(reader.bytes());
    if (field) parts.push(protobuf.Writer.create().uint32(tag).bytes(field).finish());
  }
  return new Uint8Array(Buffer.concat(parts));
}

/** Every tensor and the domain of every node of a file, those of functions, bodies and attributes too. */
export class Contents {
  readonly tensors: Tensor[] = [];
  /** For each domain of operators one operator of it. */
  readonly domains = new Map<string, string>();

  constructor({ graph, training, functions }: Model) {
    this.graphs(graph);
    for (const each of training) this.graphs([...each.graph, ...each.algorithm]);
    for (const { node } of functions) this.nodes(node);
  }

  private graphs(graphs: readonly Graph[]): void {
    for (const { node, initializer, sparseInitializer } of graphs) {
      this.add(initializer);
      this.sparse(sparseInitializer);
      this.nodes(node);
    }
  }

  private add(tensors: readonly Tensor[]): void {
    for (const each of tensors) this.tensors.push(each);
  }

  private sparse(tensors: readonly SparseTensor[]): void {
    for (const { values, indices } of tensors) this.add([...values, ...indices]);
  }

  private nodes(nodes: readonly Node[]): void {
    for (const { domain, opType, attribute } of nodes) {
      this.domains.set(domain, opType);
      for (const { t, g, tensors, graphs, sparseTensor, sparseTensors } of attribute) {
        this.add([...t, ...tensors]);
        this.sparse([...sparseTensor, ...sparseTensors]);
        this.graphs([...g, ...graphs]);
      }
    }
  }
}
