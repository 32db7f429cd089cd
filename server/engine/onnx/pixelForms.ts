import type { PixelForm } from '@/lib/protocol/generator';
import { limits } from '@/lib/protocol/limits';

const [least, most] = limits.generatorSide;
const isSide = (size: number | undefined): size is number =>
  size !== undefined && size >= least && size <= most;
/** Grey and colours are looked for before colours with opacity. */
const depths = [[1, 3], [4]] as const;
/** How many times longer one side may be than the other, where only their product is known. */
const maxAspect = 4;

/** Sizes of one row of an output, without dimensions of 1 beyond three; null if the first dimension isn't the rows. */
function imageSizes(dims: readonly number[], rows: number): readonly number[] | null {
  // A single row may have lost its dimension.
  const whole = dims[0] === rows ? dims : rows === 1 ? [1, ...dims] : null;
  if (!whole) return null;
  const sizes = whole.slice(1);
  while (sizes.length > 3 && sizes.includes(1)) sizes.splice(sizes.indexOf(1), 1);
  return sizes;
}

/**
 * The ways in which an output [rows, ...] may be images: one where its shape says it ([N, C, H, W], [N, H, W, C] or
 * [N, H, W]), several where it is flat ([N, numbers]), the likelier ones first; none if these are no images.
 * @param dims of the output.
 */
export function pixelForms(dims: readonly number[], rows: number): PixelForm[] {
  const sizes = imageSizes(dims, rows);
  if (!sizes) return [];
  const [a, b, c] = sizes;
  if (sizes.length === 2 && isSide(a) && isSide(b))
    return [{ layout: 'NHW', height: a, width: b, channels: 1 }];
  if (sizes.length === 3)
    for (const depth of depths) {
      const isDepth = (size: number | undefined): size is 1 | 3 | 4 => depth.some((n) => n === size);
      if (isDepth(a) && isSide(b) && isSide(c)) return [{ layout: 'NCHW', channels: a, height: b, width: c }];
      if (isSide(a) && isSide(b) && isDepth(c)) return [{ layout: 'NHWC', height: a, width: b, channels: c }];
    }
  const lengths = sizes.filter((size) => size !== 1);
  return lengths.length === 1 ? flatForms(lengths[0] as number) : [];
}

/** Forms of so many numbers in a row: squares, or else rectangles up to `maxAspect`. */
function flatForms(count: number): PixelForm[] {
  const forms: PixelForm[] = [];
  for (const channels of [1, 3] as const) {
    const side = Math.sqrt(count / channels);
    if (Number.isInteger(side) && isSide(side))
      forms.push(...ordered({ height: side, width: side, channels }));
  }
  if (forms.length > 0) return forms;
  for (const channels of [1, 3] as const)
    for (const [height, width] of rectangles(count / channels))
      forms.push(...ordered({ height, width, channels }));
  return forms.slice(0, limits.generatorForms);
}

/** Both orders of the numbers: channel by channel, or pixel by pixel; grey has one. */
function ordered(size: Pick<PixelForm, 'height' | 'width' | 'channels'>): PixelForm[] {
  if (size.channels === 1) return [{ layout: 'NHW', ...size }];
  return (['NCHW', 'NHWC'] as const).map((layout) => ({ layout, ...size }));
}

/** Heights and widths of an area, the ones nearest to a square first. */
function rectangles(area: number): [height: number, width: number][] {
  const found: [number, number][] = [];
  for (let short = Math.floor(Math.sqrt(area)); short * short * maxAspect >= area; short--) {
    const long = area / short;
    if (Number.isInteger(long) && isSide(short) && isSide(long)) found.push([short, long], [long, short]);
  }
  return found;
}

/** How many numbers it is in memory from a pixel to the one at its right, to the one below, and between its channels. */
export function strides({ layout, height, width, channels }: PixelForm) {
  const isApart = layout === 'NCHW';
  const right = isApart ? 1 : channels;
  return { right, down: right * width, colour: isApart ? height * width : 1 };
}

/** The mean absolute difference between neighbouring pixels, read in this form. */
function roughness(images: Float32Array, form: PixelForm): number {
  const { height, width, channels } = form;
  const { right, down, colour } = strides(form);
  const size = height * width * channels;
  let sum = 0;
  for (let image = 0; image + size <= images.length; image += size)
    for (let channel = 0; channel < channels; channel++)
      for (let y = 0; y + 1 < height; y++)
        for (let x = 0; x + 1 < width; x++) {
          const at = image + channel * colour + y * down + x * right;
          const here = images[at] as number;
          sum +=
            Math.abs((images[at + right] as number) - here) + Math.abs((images[at + down] as number) - here);
        }
  return sum / ((height - 1) * (width - 1) * channels);
}

/**
 * The index of the likeliest form: read in the right one, pictures are nearly always smoothest. -1 if there is none.
 * @param images the output's numbers, of several images.
 */
export function likeliest(forms: readonly PixelForm[], images: Float32Array): number {
  const [first, ...others] = forms;
  if (!first) return -1;
  if (others.length === 0) return 0;
  const found = forms.map((form, i) => ({ i, rough: roughness(images, form) }));
  return found.reduce((best, each) => (each.rough < best.rough ? each : best)).i;
}

/** The values of black (low) and white (high). */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/**
 * An output's numbers as pixels, uint8 [rows, height, width, 1 or 3]: `low` becomes 0, `high` 255, and what lies beyond
 * is clipped. A fourth channel is opacity, from `low` to `high`, before a white ground.
 */
export function bytesOf(values: Float32Array, form: PixelForm, { low, high }: Range): Uint8Array {
  const { height, width, channels } = form;
  const { right, colour } = strides(form);
  const area = height * width;
  const shown = Math.min(3, channels);
  const scale = 255 / (high - low);
  const rows = Math.floor(values.length / (area * channels));
  const bytes = new Uint8ClampedArray(rows * area * shown);
  let to = 0;
  for (let row = 0; row < rows; row++)
    for (let at = 0; at < area; at++) {
      const from = row * area * channels + at * right;
      const opaque =
        channels < 4
          ? 1
          : Math.min(1, Math.max(0, ((values[from + 3 * colour] as number) - low) / (high - low)));
      for (let channel = 0; channel < shown; channel++) {
        const level = ((values[from + channel * colour] as number) - low) * scale;
        bytes[to++] = opaque === 1 ? level : 255 + (Math.min(255, Math.max(0, level)) - 255) * opaque;
      }
    }
  return new Uint8Array(bytes.buffer);
}
