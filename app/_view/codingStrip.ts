import type { Codings } from '@/app/_room/pictures';
import type { Palette } from './palette';

/** A column of a strip: one number of a coding, or, where there are more numbers than pixels, several. */
interface Column {
  readonly x: number;
  readonly width: number;
  /** The first number in it, and how many there are. */
  readonly first: number;
  readonly numbers: number;
}

/** Pixels from one bar to the next from which on a gap of one stands between them. */
const GAP_FROM = 3;

/** Where `size` numbers stand in so many pixels: whole pixels each, all of the width where bars touch. */
export function columnsOf(size: number, width: number): Column[] {
  const numbers = Math.ceil(size / Math.max(1, width));
  const count = Math.ceil(size / numbers);
  const pitch = Math.floor(width / count);
  const hasGaps = pitch >= GAP_FROM;
  const left = hasGaps ? Math.floor((width - (pitch * count - 1)) / 2) : 0;
  const at = (i: number) => (hasGaps ? left + i * pitch : Math.floor((i * width) / count));
  return Array.from({ length: count }, (_, i) => ({
    x: at(i),
    width: at(i + 1) - at(i) - (hasGaps ? 1 : 0),
    first: i * numbers,
    numbers: Math.min(numbers, size - i * numbers),
  }));
}

/** The number at a share of a strip's width. */
export function numberAt(share: number, size: number, width: number): number {
  const columns = columnsOf(size, width);
  const found = columns.findLastIndex(({ x }) => x <= share * width);
  return columns[Math.max(0, found)]?.first ?? 0;
}

/** Round numbers, so that bars don't grow and shrink with every step. */
const rounds = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];

/** The least round number that isn't below a magnitude. */
function roundUp(magnitude: number): number {
  if (!(magnitude > 0)) return 0;
  const power = 10 ** Math.floor(Math.log10(magnitude));
  return Number(((rounds.find((each) => each * power >= magnitude * 0.9999) ?? 10) * power).toPrecision(2));
}

/** How far the bars of all codings reach below zero and above it, both as positive numbers; one scale for all. */
export function rangeOfBars({ values }: Pick<Codings, 'values'>): { below: number; above: number } {
  let [least, most] = [0, 0];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const [below, above] = [roundUp(-least), roundUp(most)];
  return below + above > 0 ? { below, above } : { below: 1, above: 1 };
}

interface Strip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Pixels of the line at zero. */
  readonly line: number;
  /** The number that stands out; `null` for none. */
  readonly marked: number | null;
}

/** Draws a picture's coding as bars, full above zero and pale below it; of several numbers in a column the furthest ones. */
export function drawCoding(
  context: CanvasRenderingContext2D,
  codings: Codings,
  picture: number,
  palette: Palette,
  strip: Strip,
): void {
  const { size, values } = codings;
  const own = values.subarray(picture * size, (picture + 1) * size);
  if (own.length < size) return;
  const { below, above } = rangeOfBars(codings);
  const room = strip.height - strip.line;
  const zero = strip.y + Math.round((room * above) / (below + above));
  const long = (value: number) => Math.round((room * value) / (below + above));
  for (const { x, width, first, numbers } of columnsOf(size, strip.width)) {
    const each = own.subarray(first, first + numbers);
    const isMarked = strip.marked !== null && strip.marked >= first && strip.marked < first + numbers;
    if (isMarked) {
      context.fillStyle = palette.line;
      context.fillRect(strip.x + x, strip.y, width, strip.height);
    }
    const [up, down] = [long(Math.max(0, ...each)), long(-Math.min(0, ...each))];
    context.fillStyle = palette.ink;
    context.fillRect(strip.x + x, zero - up, width, up);
    context.fillStyle = palette.inkFaint;
    context.fillRect(strip.x + x, zero + strip.line, width, down);
  }
  context.fillStyle = palette.inkSoft;
  context.fillRect(strip.x, zero, strip.width, strip.line);
}
