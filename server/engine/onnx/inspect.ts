import { limits } from '@/lib/protocol/limits';
import { classNames } from './classNames';
import { InputReader, type Inputs } from './inputs';
import { Contents, decodeModel, type Graph, type Model, type Tensor, type ValueInfo } from './modelFile';
import { refusal } from './refusal';
import { Tracing } from './tracing';
import { type NumberType, printed, shapeOf, typeOf } from './values';

/** What ONNX Runtime 1.30 runs without promising less than usual. */
const opsets = { oldest: 7, newest: 26 } as const;
const EXTERNAL = 1;

const megabytes = (bytes: number) => Math.ceil(bytes / 2 ** 20);

const isOutside = ({ dataLocation, externalData }: Tensor): boolean =>
  dataLocation === EXTERNAL || externalData.length > 0;

function checkContents(model: Model): void {
  const { tensors, domains } = new Contents(model);
  if (tensors.some(isOutside))
    throw refusal(
      'Its weights lie in another file. Bring both files together, or export one: torch.onnx.export(..., external_data=False)',
    );
  const known = new Set(['', 'ai.onnx', ...model.functions.map(({ domain }) => domain)]);
  for (const [domain, operator] of domains)
    if (!known.has(domain))
      throw refusal(
        'It needs {operator} of {domain}, which only some programs know. Export it with standard operators',
        {
          operator,
          domain,
        },
      );
  const standard = model.opsetImport.find(({ domain }) => domain === '' || domain === 'ai.onnx');
  const version = Number(standard?.version ?? 0);
  if (version < opsets.oldest || version > opsets.newest)
    throw refusal(
      'It is written for operators of version {version}. Export it with opset_version {oldest} to {newest}',
      {
        version,
        ...opsets,
      },
    );
}

/** What a file says about itself, and what is guessed where it doesn't; probe.ts finds out the rest. */
export interface Inspected extends Inputs {
  /** Outputs that may be images, in the file's order. */
  readonly outputs: readonly { readonly name: string; readonly type: NumberType }[];
  /** The outputs as the file declares them, for messages. */
  readonly declared: string;
  /** Batch sizes that the graph may be fixed to though its inputs don't say so, likelier ones first. */
  readonly rowGuesses: readonly number[];
  /** Latent sizes that its layers may expect where the file leaves it open, likelier ones first. */
  readonly sizeGuesses: readonly number[];
  /** What its metadata call its classes, by their numbers (classNames.ts). */
  readonly classNames: readonly string[];
}

/**
 * Numbers of one latent, over all inputs that it goes into; `null` if that is open.
 * @param open the size to take for the open dimension.
 */
export function latentSize({ inputs }: Inputs, open: number | null = null): number | null {
  const sizes = inputs.filter(({ role }) => role === 'latents').flatMap(({ row }) => [...row]);
  if (open === null && sizes.includes(null)) return null;
  return rowSizes(inputs, open).reduce((sum, size) => sum + size, 0);
}

/**
 * Numbers of a latent that go into each of its inputs, in the order of the inputs; an open dimension counts `open`, or
 * 1.
 */
export function rowSizes(inputs: Inputs['inputs'], open: number | null): number[] {
  return inputs
    .filter(({ role }) => role === 'latents')
    .map(({ row }) => row.reduce((product: number, n) => product * (n ?? open ?? 1), 1));
}

function checkSizes(inputs: Inputs): void {
  const size = latentSize(inputs) ?? 1;
  if (size > limits.generatorLatents)
    throw refusal('A latent has {size} numbers; at most {most} can be drawn here', {
      size,
      most: limits.generatorLatents,
    });
  if ((inputs.rows ?? 1) * size > limits.generatorBatch)
    throw refusal(
      'It draws {rows} pictures at once, too many for this server. Export it with a smaller or an open batch',
      {
        rows: inputs.rows ?? 1,
      },
    );
}

/** Outputs that may be images: of a supported type, and with more than one dimension if a shape is declared. */
function outputsOf(graph: Graph): Inspected['outputs'] {
  const mayBeImages = (value: ValueInfo) => (shapeOf(value)?.length ?? 4) > 1;
  return graph.output.filter(mayBeImages).flatMap((value) => {
    const type = typeOf(value);
    return type ? [{ name: value.name, type }] : [];
  });
}

/**
 * Reads somebody's .onnx file without running anything of it.
 * @throws ImportedModelError for what can't be a generator, is too large, or isn't safe to load (weights or operators
 * from elsewhere).
 */
export function inspect(bytes: Uint8Array): Inspected {
  if (bytes.length > limits.generatorBytes)
    throw refusal('A generator has at most {size} MB', { size: megabytes(limits.generatorBytes) });
  const { model, graph } = decodeModel(bytes);
  checkContents(model);
  const tracing = new Tracing(graph);
  const inputs = new InputReader(model, graph, tracing).read();
  checkSizes(inputs);
  const outputs = outputsOf(graph);
  const declared = graph.output.map(printed).join('; ');
  if (outputs.length === 0) throw noImages(declared);
  const rowGuesses = [...graph.output.flatMap((value) => shapeOf(value)?.[0] ?? []), ...tracing.firstSizes()];
  const sizeGuesses = inputs.inputs
    .filter(({ role, row }) => role === 'latents' && row.includes(null))
    .flatMap(({ name }) => tracing.widths(name));
  const guesses = { rowGuesses, sizeGuesses };
  return { ...inputs, outputs, declared, ...guesses, classNames: classNames(model) };
}

/** The refusal of a model without images. @param made its outputs, as in `scores: float32[8, 10]`. */
export function noImages(made: string) {
  const [least, most] = limits.generatorSide;
  return refusal(
    'It makes no pictures, but {made}. Export the part that draws: [N, channels, height, width], {least} to {most} pixels a side',
    { made: made || '-', least, most },
  );
}
