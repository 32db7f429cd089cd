import type { GeneratorField, GeneratorReading, PixelForm } from '@/lib/protocol/generator';
import { limits } from '@/lib/protocol/limits';
import { RandomStream } from '@/lib/random';
import { withClassNames } from './classNames';
import { isLatentName } from './inputs';
import { type Inspected, latentSize, noImages } from './inspect';
import type { Feed, Made, Network } from './network';
import { likeliest, pixelForms, type Range } from './pixelForms';
import { rangeOf } from './pixelRange';
import { refusal } from './refusal';

/** Latents that a model is tried with, to learn the layout of its images and the range of their values. */
const probedRows = 8;
/** Usual latent sizes, tried in this order where a file leaves it open. */
const usualSizes = [100, 128, 64, 512, 256, 62, 50, 32, 30, 20, 16, 10];
/** After them all other sizes up to this are tried. */
const mostTried = 1024;

/** How models name flat outputs that are no images, even if a square has as many pixels. */
const noPictures = /style|latent|code|coding|feature|embed|logit|score|prob|hidden/i;

/** What was found out about an imported model by running it. */
export interface Probed {
  /** The batch size that it needs; `null` for any. */
  readonly rows: number | null;
  /** Numbers of a latent, and of its dimension that the file leaves open (`null`: none). */
  readonly latentSize: number;
  readonly open: number | null;
  /** Whether it runs with other latent sizes, too. */
  readonly isOpen: boolean;
  readonly output: Inspected['outputs'][number];
  /** The ways in which the output may be images, and the index of the one that is taken. */
  readonly forms: readonly PixelForm[];
  readonly form: number;
  readonly range: Range;
  readonly fields: readonly GeneratorField[];
}

interface Found {
  readonly rows: number;
  readonly open: number | null;
  readonly made: Made;
  readonly forms: readonly PixelForm[];
}

/** Tries an imported model with standard normal latents; seeded, so that it finds the same each time. */
class Probe {
  private readonly random = new RandomStream(0, 'probe');
  private fields: readonly GeneratorField[];
  /** What it made that was no image. */
  private seen = '';

  constructor(
    private readonly network: Network,
    private readonly of: Inspected,
    private readonly reading: GeneratorReading,
  ) {
    this.fields = of.fields;
  }

  async learn(): Promise<Probed> {
    const found = await this.search();
    const { open, rows } = found;
    const size = latentSize(this.of, open) as number;
    if (size > limits.generatorLatents)
      throw refusal('A latent has {size} numbers; at most {most} can be drawn here', {
        size,
        most: limits.generatorLatents,
      });
    const isFixed = this.of.rows !== null || rows !== probedRows;
    await this.countClasses(found);
    const images = await this.images(found);
    const guessed = likeliest(found.forms, images);
    const form = this.reading.form ?? guessed;
    const chosen = found.forms[form];
    if (!chosen) throw refusal('There is no such way to read its pictures');
    refusePictures(this.of, chosen);
    const { channels, height, width } = chosen;
    const range = rangeOf(images, images.length / (height * width * channels), channels, found.made.type);
    return {
      rows: isFixed ? rows : null,
      latentSize: size,
      open,
      isOpen: open !== null && (await this.tries(rows, open + 1)) !== null,
      output: found.made,
      forms: found.forms,
      form,
      range,
      fields: withClassNames(this.fields, this.of.classNames),
    };
  }

  /**
   * Tries batch and latent sizes until it makes images: what the file says first, then guesses.
   * @throws ImportedModelError
   */
  private async search(): Promise<Found> {
    const rows = this.of.rows === null ? [probedRows, 1, ...this.of.rowGuesses] : [this.of.rows];
    for (const each of new Set(rows))
      for (const size of this.sizes()) {
        const found = await this.tries(each, size);
        if (found) return found;
      }
    if (this.seen) throw noImages(this.seen);
    throw refusal(
      'It does not run on latents of {size} numbers. Export it anew, with an open batch, and try it once where it was made',
      { size: latentSize(this.of, this.reading.latentSize ?? 1) ?? 1 },
    );
  }

  private *sizes(): Generator<number | null> {
    if (latentSize(this.of) !== null) return yield null;
    if (this.reading.latentSize !== undefined) return yield this.reading.latentSize;
    const guessed = [...this.of.sizeGuesses, ...usualSizes];
    yield* new Set(guessed);
    for (let size = 1; size <= mostTried; size++) if (!guessed.includes(size)) yield size;
  }

  /** Runs once. @returns the output that is likeliest images; null if it fails or makes none. */
  private async tries(rows: number, open: number | null): Promise<Found | null> {
    const size = latentSize(this.of, open) ?? 1;
    if (rows * size > limits.generatorBatch) return null;
    const made = await this.network.run(this.feed(rows, open)).catch(() => null);
    if (!made) return null;
    const found = made
      .filter(({ name, dims }) => !(dims.length === 2 && noPictures.test(name)))
      .map((each) => ({ rows, open, made: each, forms: pixelForms(each.dims, rows) }))
      .filter(({ forms }) => forms.length > 0);
    const keepsRows = rows === 1 || made.some(({ dims }) => dims[0] === rows);
    if (keepsRows)
      this.seen ||= made.map(({ name, type, dims }) => `${name}: ${type}[${dims.join(', ')}]`).join('; ');
    const channels = (each: Found) => each.forms[0]?.channels ?? 0;
    const isCertain = (each: Found) => each.forms.length === 1 && each.forms[0]?.layout !== 'NHW';
    return (
      found.find((each) => isCertain(each) && channels(each) < 4) ??
      found.find(isCertain) ??
      found.find(({ made: { dims } }) => dims.length > 2) ??
      found[0] ??
      null
    );
  }

  private feed(rows: number, open: number | null, fields = this.fields.map(({ initial }) => initial)): Feed {
    const size = latentSize(this.of, open) ?? 1;
    const latents = Float32Array.from({ length: rows * size }, () => this.random.normal());
    return { rows, open, latents, fields };
  }

  /** Counts the classes of fields whose embedding wasn't found: as many as the model takes without an error. */
  private async countClasses({ rows, open, made }: Found): Promise<void> {
    const fields = [...this.fields];
    for (const [i, field] of fields.entries()) {
      if (field.kind !== 'class' || field.most > 0) continue;
      const works = async (value: number): Promise<boolean> => {
        const values = fields.map(({ initial }, other) => (other === i ? value : initial));
        const run = this.network.run(this.feed(rows, open, values), [made]);
        return run.then(
          () => true,
          () => false,
        );
      };
      fields[i] = { ...field, ...(await counted(works, this.of.classNames.length)) };
    }
    this.fields = fields;
  }

  /** Values of at least `probedRows` images, with each field at its initial value. */
  private async images({ rows, open, made }: Found): Promise<Float32Array> {
    const parts: Float32Array[] = [];
    for (let done = 0; done < probedRows; done += rows) {
      const [each] = await this.network.run(this.feed(rows, open), [made]);
      parts.push((each as Made).values);
    }
    const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }
}

/**
 * The largest class number that works, by bisection. Where all seem to work there are as many classes as have names, or
 * else it is a number to choose.
 */
async function counted(
  works: (value: number) => Promise<boolean>,
  named: number,
): Promise<Pick<GeneratorField, 'kind' | 'most'>> {
  let good = 0;
  let bad: number = limits.generatorClasses;
  if (await works(bad))
    return named > 0 ? { kind: 'class', most: named - 1 } : { kind: 'whole', most: bad - 1 };
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (await works(middle)) good = middle;
    else bad = middle;
  }
  return { kind: 'class', most: good };
}

/**
 * Refuses what takes an image and gives one that is no larger: an autoencoder, or a filter. @throws ImportedModelError
 */
function refusePictures({ inputs }: Inspected, { height, width }: PixelForm): void {
  const [latents] = inputs.filter(({ role }) => role === 'latents');
  if (!latents || isLatentName(latents.name)) return;
  const [taken] = pixelForms([1, ...latents.row.map((n) => n ?? 1)], 1);
  if (latents.row.length === 3 && taken && taken.height >= height && taken.width >= width)
    throw refusal('It makes pictures of pictures. Export the part that draws from numbers, as the decoder');
}

/**
 * Finds out by running it what a file leaves open: batch and latent size, layout and range of its images, classes.
 * @param reading what people have chosen of it. @throws ImportedModelError if no way was found to draw images with it.
 */
export function probe(network: Network, of: Inspected, reading: GeneratorReading): Promise<Probed> {
  return new Probe(network, of, reading).learn();
}
