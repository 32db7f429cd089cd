import * as ort from 'onnxruntime-node';
import type { GeneratorInfo } from '@/lib/protocol/generator';
import { limits } from '@/lib/protocol/limits';
import { RandomStream } from '@/lib/random';
import { createSession, executorOf } from '../executors';
import { ImportedModelError, type Inspected, inspect } from './inspect';

/** Latents that are tried to learn how the images lie and which values they take. */
const probedRows = 8;
/** Rows of one run: what a large generator holds in memory is bounded by it. */
const maxRows = 16;
/** How far beyond a range its values may lie, by rounding. */
const slack = 1e-3;

/** Where the pixels of an output lie. */
interface Layout {
  readonly layout: GeneratorInfo['layout'];
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

const [least, most] = limits.generatorSide;
const isSide = (size: number | undefined): boolean => size !== undefined && size >= least && size <= most;
const isDepth = (size: number | undefined): boolean => size === 1 || size === 3;

/** No side is as short as the channels are few, so that a shape is of one kind at most. */
function layoutOf({ length: rank, 1: a, 2: b, 3: c }: readonly number[]): Layout | null {
  if (rank === 3 && isSide(a) && isSide(b))
    return { layout: 'NHW', height: a as number, width: b as number, channels: 1 };
  if (rank !== 4) return null;
  if (isDepth(a) && isSide(b) && isSide(c))
    return { layout: 'NCHW', channels: a as number, height: b as number, width: c as number };
  if (isSide(a) && isSide(b) && isDepth(c))
    return { layout: 'NHWC', height: a as number, width: b as number, channels: c as number };
  return null;
}

/** The values of black and white: those of a usual range that holds all of them, else the extremes themselves. */
function rangeOf(probes: readonly Float32Array[]): { low: number; high: number } {
  let [low, high] = [Infinity, -Infinity];
  for (const values of probes)
    for (const value of values) {
      if (!Number.isFinite(value))
        throw new ImportedModelError(`Expected finite pixels, but the model made ${value} of normal latents`);
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  const usual = [
    { low: 0, high: 1 },
    { low: -1, high: 1 },
    { low: 0, high: 255 },
  ];
  const found = usual.find((range) => low >= range.low - slack && high <= range.high + slack);
  return found ?? { low, high: high > low ? high : low + 1 };
}

/** Pixels as bytes, [rows, height, width, channels]; what isn't a number is black. */
function bytesOf(
  values: Float32Array,
  { layout, height, width, channels, low, high }: GeneratorInfo,
): Uint8Array {
  const area = height * width;
  const size = area * channels;
  const scale = 255 / (high - low);
  const bytes = new Uint8ClampedArray(values.length);
  for (let i = 0; i < bytes.length; i++) {
    const within = i % size;
    const [at, channel] = [Math.floor(within / channels), within % channels];
    const from = layout === 'NCHW' ? i - within + channel * area + at : i;
    bytes[i] = ((values[from] as number) - low) * scale;
  }
  return new Uint8Array(bytes.buffer);
}

/** The first line, without the place in ONNX Runtime's own sources. */
const reasonOf = (error: unknown): string => {
  const { message, cause } = error as Error;
  const whole = cause instanceof Error ? cause.message : message;
  return (whole.split('\n')[0] as string).replace(/^\S*onnxruntime\S*\.(cc|h):\d+ /, '');
};

/** Somebody's own generator, ready to draw. What it is given and what it makes is theirs: it may fail or not end. */
export class ImportedGenerator {
  private constructor(
    private readonly session: ort.InferenceSession,
    private readonly inspected: Inspected,
    private readonly output: string,
    readonly info: GeneratorInfo,
  ) {}

  /** @throws ImportedModelError */
  static async load(bytes: Uint8Array): Promise<ImportedGenerator> {
    const inspected = inspect(bytes);
    const session = await createSession(executorOf('onnx-cpu'), bytes).catch((error: unknown) => {
      throw new ImportedModelError(`ONNX Runtime can't load the model: ${reasonOf(error)}`);
    });
    const probe = await probed(session, inspected);
    const info = { latentSize: inspected.latentSize, ...probe.layout, ...rangeOf(probe.images) };
    return new ImportedGenerator(session, inspected, probe.output, info);
  }

  /**
   * Images of latents [count, latentSize].
   * @returns uint8 [count, height, width, channels]. @throws ImportedModelError
   */
  async sample(latents: Float32Array): Promise<Uint8Array> {
    const { session, inspected, output, info } = this;
    const { latentSize, height, width, channels } = info;
    const count = latents.length / latentSize;
    const rows = inspected.rows ?? Math.min(count, maxRows);
    const size = height * width * channels;
    const pixels = new Uint8Array(count * size);
    for (let first = 0; first < count; first += rows) {
      const left = Math.min(rows, count - first);
      // A fixed number of rows is filled up with zeros.
      const given = new Float32Array((inspected.rows ?? left) * latentSize);
      given.set(latents.subarray(first * latentSize, (first + left) * latentSize));
      const { [output]: made } = await run(session, inspected, given, [output]);
      const values = made?.data as Float32Array;
      if (values.length !== (given.length / latentSize) * size)
        throw new ImportedModelError(
          `Expected [${height}, ${width}] pixels again, but the model made [${made?.dims.join(', ')}]`,
        );
      pixels.set(bytesOf(values.subarray(0, left * size), info), first * size);
    }
    return pixels;
  }

  async dispose(): Promise<void> {
    await this.session.release();
  }
}

/** Draws images of seeded normal latents, and finds the output that holds them. @throws ImportedModelError */
async function probed(session: ort.InferenceSession, inspected: Inspected) {
  const { latentSize, outputs } = inspected;
  const random = new RandomStream(0, 'probe');
  const rows = inspected.rows ?? probedRows;
  const images: Float32Array[] = [];
  let found: { readonly output: string; readonly layout: Layout } | null = null;
  for (let done = 0; done < probedRows; done += rows) {
    const latents = Float32Array.from({ length: rows * latentSize }, () => random.normal());
    const made = await run(session, inspected, latents, found ? [found.output] : outputs);
    found ??= imagesAmong(made, rows, inspected);
    images.push(made[found.output]?.data as Float32Array);
  }
  return { ...(found as NonNullable<typeof found>), images };
}

/** Images with channels, else those without. */
function imagesAmong(made: ort.InferenceSession.OnnxValueMapType, rows: number, of: Inspected) {
  const candidates = of.outputs.flatMap((output) => {
    const { dims } = made[output] as ort.Tensor;
    const layout = dims[0] === rows ? layoutOf(dims) : null;
    return layout ? [{ output, layout }] : [];
  });
  const found = candidates.find(({ layout }) => layout.layout !== 'NHW') ?? candidates[0];
  if (found) return found;
  const shapes = of.outputs.map((name) => `${name}: [${(made[name] as ort.Tensor).dims.join(', ')}]`);
  throw new ImportedModelError(
    `Expected ${rows} images with 1 or 3 channels and ${least} to ${most} pixels a side of latents [${rows}, ${of.latentSize}], but the model made ${shapes.join('; ')}`,
  );
}

async function run(
  session: ort.InferenceSession,
  { input, latentSize }: Inspected,
  latents: Float32Array,
  outputs: readonly string[],
): Promise<ort.InferenceSession.OnnxValueMapType> {
  const tensor = new ort.Tensor('float32', latents, [latents.length / latentSize, latentSize]);
  try {
    return await session.run({ [input]: tensor }, outputs);
  } catch (error) {
    throw new ImportedModelError(`The model can't run on [${tensor.dims.join(', ')}]: ${reasonOf(error)}`);
  }
}
