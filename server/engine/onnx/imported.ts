import {
  fieldValue,
  type GeneratorInfo,
  type GeneratorReading,
  type PixelForm,
} from '@/lib/protocol/generator';
import { createSession, executorOf } from '../executors';
import { inspect } from './inspect';
import { withoutInitializers } from './modelFile';
import { type Feed, Network, quietly } from './network';
import { bytesOf } from './pixelForms';
import { type Probed, probe } from './probe';
import { refusal } from './refusal';

/** Rows of one run at most: this bounds the memory that a large generator takes. */
const maxRows = 16;

/** What is asked of an imported generator: `count` images, one a latent. Latents are float32 [count, latentSize]. */
export interface Drawing {
  readonly latents: Float32Array;
  /** Latents [count, latentSize] whose styles are blended in, by shares from 0 to 1, [count, layers]. */
  readonly mixed?: { readonly others: Float32Array; readonly shares: Float32Array };
  /**
   * Values of the fields, in the order of `info.fields`; missing ones and those that don't fit take their initial
   * value.
   */
  readonly fields?: readonly number[];
}

/**
 * Somebody's own .onnx generator, loaded and ready to draw. What it does is up to whoever made it: a run may fail, take
 * all memory or never end, so it has a process of its own.
 */
export class ImportedGenerator {
  private constructor(
    private readonly network: Network,
    private readonly probed: Probed,
    private readonly form: PixelForm,
    readonly info: GeneratorInfo,
  ) {}

  /**
   * Inspects, loads and tries a file.
   * @param reading what people have chosen where the file leaves something open. @throws ImportedModelError
   */
  static async load(bytes: Uint8Array, reading: GeneratorReading = {}): Promise<ImportedGenerator> {
    const inspected = inspect(bytes);
    const cpu = executorOf('onnx-cpu');
    const quiet = { ...cpu, options: { ...cpu.options, ...quietly } };
    const session = await createSession(quiet, withoutInitializers(bytes, inspected.chosen)).catch(() => {
      throw refusal('ONNX Runtime can not load it. Check it with onnx.checker, and export it anew');
    });
    const network = new Network(session, inspected);
    const probed = await probe(network, inspected, reading);
    const { forms, form, range, fields, latentSize, isOpen } = probed;
    const read = forms[form] as PixelForm;
    const { height, width, channels } = read;
    const info = {
      ...{ latentSize, isOpen, height, width, channels: channels === 1 ? 1 : 3 },
      ...{ forms: forms.length > 1 ? [...forms] : [], form: forms.length > 1 ? form : 0 },
      ...{ ...range, fields: [...fields], layers: inspected.layers },
    };
    return new ImportedGenerator(network, probed, read, info);
  }

  /** Draws. @returns uint8 [count, height, width, channels]. @throws ImportedModelError if the model fails on this. */
  async sample({ latents, mixed, fields = [] }: Drawing): Promise<Uint8Array> {
    const { info, probed } = this;
    const { latentSize, height, width, channels, layers } = info;
    const count = latents.length / latentSize;
    const values = info.fields.map((field, i) => fieldValue(field, fields[i]));
    const size = height * width * channels;
    const pixels = new Uint8Array(count * size);
    const most = probed.rows ?? Math.min(count, maxRows);
    for (let first = 0; first < count; first += most) {
      const left = Math.min(most, count - first);
      const rows = probed.rows ?? left;
      const part = (all: Float32Array, width: number) => filled(all, width, { first, left, rows });
      const drawn = await this.draw({
        rows,
        open: probed.open,
        latents: part(latents, latentSize),
        ...(mixed && { others: part(mixed.others, latentSize), shares: part(mixed.shares, layers) }),
        fields: values,
      });
      pixels.set(drawn.subarray(0, left * size), first * size);
    }
    return pixels;
  }

  private async draw(feed: Feed): Promise<Uint8Array> {
    const { probed, form, network } = this;
    const [made] = await network.run(feed, [probed.output]).catch(() => [undefined]);
    const { height, width, channels } = form;
    if (made?.values.length !== feed.rows * height * width * channels)
      throw refusal('It does not draw with these settings. Choose others');
    return bytesOf(made.values, form, probed.range);
  }

  async dispose(): Promise<void> {
    await this.network.close();
  }
}

/** `left` rows of `all` from `first` on, repeated until there are `rows`: a fixed batch must be full. */
function filled(
  all: Float32Array,
  width: number,
  { first, left, rows }: { first: number; left: number; rows: number },
): Float32Array {
  const given = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const from = (first + (row % left)) * width;
    given.set(all.subarray(from, from + width), row * width);
  }
  return given;
}
