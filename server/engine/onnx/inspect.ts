import protobuf from 'protobufjs/light.js';
import { limits } from '@/lib/protocol/limits';

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
        graph: repeated('Graph', 7),
        opsetImport: repeated('OperatorSet', 8),
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
        opType: single('string', 4),
        attribute: repeated('Attribute', 5),
        domain: single('string', 7),
      },
    },
    Attribute: {
      fields: {
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
        name: single('string', 8),
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

/** What decoding gives: repeated fields and numbers are always there, other messages only if the file has them. */
interface Tensor {
  readonly name: string;
  readonly externalData: readonly unknown[];
  readonly dataLocation: number;
}
interface SparseTensor {
  readonly values: readonly Tensor[];
  readonly indices: readonly Tensor[];
}
interface Attribute {
  readonly t: readonly Tensor[];
  readonly g: readonly Graph[];
  readonly tensors: readonly Tensor[];
  readonly graphs: readonly Graph[];
  readonly sparseTensor: readonly SparseTensor[];
  readonly sparseTensors: readonly SparseTensor[];
}
interface Node {
  readonly opType: string;
  readonly domain: string;
  readonly attribute: readonly Attribute[];
}
interface Graph {
  readonly node: readonly Node[];
  readonly initializer: readonly Tensor[];
  readonly sparseInitializer: readonly SparseTensor[];
  readonly input: readonly ValueInfo[];
  readonly output: readonly ValueInfo[];
}
interface ValueInfo {
  readonly name: string;
  readonly type?: { readonly tensorType?: TensorType };
}
/** An int64 is a Long or a number. */
interface TensorType {
  readonly elemType: number;
  readonly shape?: { readonly dim: readonly { readonly dimValue: unknown; readonly dimParam: string }[] };
}
interface Model {
  readonly irVersion: unknown;
  readonly graph: readonly Graph[];
  readonly opsetImport: readonly { readonly domain: string; readonly version: unknown }[];
  readonly training: readonly { readonly graph: readonly Graph[]; readonly algorithm: readonly Graph[] }[];
  readonly functions: readonly { readonly domain: string; readonly node: readonly Node[] }[];
}

/** Somebody's model that can't serve as a generator; says what was expected and what came. */
export class ImportedModelError extends Error {
  override readonly name = 'ImportedModelError';
}

/** What ONNX Runtime 1.30 runs without promising less than usual. */
const opsets = { oldest: 7, newest: 26 } as const;
const FLOAT = 1;
const EXTERNAL = 1;
const typeNames = [
  'undefined',
  'float32',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'string',
  'bool',
  'float16',
  'float64',
];

const megabytes = (bytes: number) => `${Math.ceil(bytes / 2 ** 20)} MB`;

function decode(bytes: Uint8Array): Model {
  const expected = 'Expected an ONNX model (a .onnx file), but';
  let model: Model;
  try {
    model = modelType.decode(bytes) as unknown as Model;
  } catch (error) {
    throw new ImportedModelError(`${expected} this file can't be parsed: ${(error as Error).message}`);
  }
  const { graph, irVersion, opsetImport } = model;
  if (graph.length !== 1 || graph[0]?.node.length === 0 || Number(irVersion) < 1 || opsetImport.length === 0)
    throw new ImportedModelError(`${expected} this file has no version or no graph`);
  return model;
}

/** Every tensor, and the domain of every node, wherever they are. */
class Contents {
  readonly tensors: Tensor[] = [];
  /** An operator of each domain. */
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

function checkContents(model: Model): void {
  const { tensors, domains } = new Contents(model);
  const external = tensors.find(
    ({ dataLocation, externalData }) => dataLocation === EXTERNAL || externalData.length > 0,
  );
  if (external)
    throw new ImportedModelError(
      `Expected all weights inside the file, but ${external.name} lies in another file. Save the model as a single one`,
    );
  const known = new Set(['', 'ai.onnx', ...model.functions.map(({ domain }) => domain)]);
  for (const [domain, opType] of domains)
    if (!known.has(domain))
      throw new ImportedModelError(`Expected standard ONNX operators only, but ${opType} is of ${domain}`);
  const standard = model.opsetImport.find(({ domain }) => domain === '' || domain === 'ai.onnx');
  const version = Number(standard?.version ?? Number.NaN);
  if (!(version >= opsets.oldest && version <= opsets.newest))
    throw new ImportedModelError(
      `Expected ONNX operators of version ${opsets.oldest} to ${opsets.newest}, but the model asks for ${standard ? version : 'none'}`,
    );
}

/** A size that is known only when the model runs is its name, or `?`. */
function shapeOf({ type }: ValueInfo): (number | string)[] | null {
  const shape = type?.tensorType?.shape;
  if (!shape) return null;
  return shape.dim.map(({ dimValue, dimParam }) => {
    const size = Number(dimValue);
    return size > 0 ? size : dimParam || '?';
  });
}

/** As in `float32[N, 100]`. */
function printed(value: ValueInfo): string {
  const { elemType } = value.type?.tensorType ?? {};
  const type = elemType === undefined ? 'no tensor' : (typeNames[elemType] ?? `type ${elemType}`);
  return `${value.name}: ${type}[${shapeOf(value)?.join(', ') ?? '...'}]`;
}

const list = (values: readonly ValueInfo[]): string => values.map(printed).join('; ') || 'none';

/** What a file says of itself that sampling needs. */
export interface Inspected {
  /** The only input. */
  readonly input: string;
  readonly latentSize: number;
  /** Rows of one run; null leaves them open. */
  readonly rows: number | null;
  /** Outputs that may be images, in the file's order. */
  readonly outputs: readonly string[];
}

function inputOf({ input, initializer }: Graph): Omit<Inspected, 'outputs'> {
  const weights = new Set(initializer.map(({ name }) => name));
  const given = input.filter(({ name }) => !weights.has(name));
  const expected = 'Expected one input float32[N, d] of latents, but the model has';
  const [only] = given;
  if (!only || given.length > 1) throw new ImportedModelError(`${expected} ${given.length}: ${list(given)}`);
  const shape = shapeOf(only);
  const [rows, latentSize] = shape ?? [];
  if (only.type?.tensorType?.elemType !== FLOAT || shape?.length !== 2 || typeof latentSize !== 'number')
    throw new ImportedModelError(`${expected} ${printed(only)}`);
  if (latentSize > limits.generatorLatents)
    throw new ImportedModelError(
      `Expected latents of at most ${limits.generatorLatents} numbers, but the model has ${printed(only)}`,
    );
  return { input: only.name, latentSize, rows: typeof rows === 'number' ? rows : null };
}

/** Without a declared shape an output may be anything. */
function mayBeImages(value: ValueInfo): boolean {
  const rank = shapeOf(value)?.length ?? 4;
  return value.type?.tensorType?.elemType === FLOAT && (rank === 3 || rank === 4);
}

/**
 * Looks into somebody's .onnx file without running anything of it.
 * @throws ImportedModelError for what can't be a generator, or what isn't safe to load.
 */
export function inspect(bytes: Uint8Array): Inspected {
  if (bytes.length > limits.generatorBytes)
    throw new ImportedModelError(
      `Expected at most ${megabytes(limits.generatorBytes)}, but the file has ${megabytes(bytes.length)}`,
    );
  const model = decode(bytes);
  checkContents(model);
  const [graph] = model.graph as [Graph];
  const input = inputOf(graph);
  if (input.rows !== null && input.rows > limits.sampleImages)
    throw new ImportedModelError(
      `Expected at most ${limits.sampleImages} rows in a run, but the model takes ${input.rows} at once`,
    );
  const outputs = graph.output.filter(mayBeImages).map(({ name }) => name);
  if (outputs.length === 0)
    throw new ImportedModelError(
      `Expected an output of images, float32 [N, channels, height, width], [N, height, width, channels] or [N, height, width], but the model has ${list(graph.output)}`,
    );
  return { ...input, outputs };
}
