import { mostBits, packBits, packedBytes, unpackBits } from './bits';
import { limits } from './limits';
import { type ChannelKind, type ChannelValues, channelKinds, type Packing } from './points';

/** uint8 [count]: a class's number, else a place between `low` (0) and `high` (255). */
export interface Channel {
  readonly low: number;
  readonly high: number;
  readonly bytes: Uint8Array;
}
export type Channels = Partial<Record<ChannelKind, Channel>>;

/** Bytes of a frame that its header may take. */
const headerBytes = 640;
/** Bits of a continuous channel where there is room, and where points are many. */
const channelBits = { roomy: 8, tight: 5 } as const;
/** Pitches of the grid go up by this factor, so that a cloud that hardly changes keeps its grid. */
const pitchRatio = 2 ** (1 / 8);
/** An axis is at most as fine as this. */
const mostLevels = 2 ** (mostBits / 3);
/** Irrational shares, one an axis, whose multiples fill a cube evenly (powers of the root of x^4 = x + 1). */
const ditherShares = [0.8191725133961645, 0.6710436067037893, 0.5497004779019703] as const;

/** Shares of all points so far, [count, 3]: both ends need them frame after frame. */
let dithers = new Float64Array();

function dithersOf(count: number): Float64Array {
  if (dithers.length >= 3 * count) return dithers;
  dithers = Float64Array.from({ length: 3 * count }, (_, i) => {
    const multiple = 0.5 + (Math.floor(i / 3) + 1) * (ditherShares[i % 3] as number);
    return multiple - Math.floor(multiple);
  });
  return dithers;
}

/**
 * @param points float32 [count, 3]; what isn't finite becomes 0.
 * @param values [count] each; a class is a whole number from 0 to 255.
 */
export function packPoints(
  points: Float32Array,
  values: ChannelValues,
): { packing: Packing; payload: Uint8Array } {
  const count = points.length / 3;
  const room = (8 * (limits.frameBytes - headerBytes)) / Math.max(1, count);
  const coded = codeChannels(values, count, room);
  const taken = coded.reduce((sum, { bits }) => sum + bits, 0);
  const grid = gridOf(points, Math.min(mostBits, Math.floor(room) - taken));
  const sizes = [bitsOf(grid), ...coded.map(({ bits }) => bits)];
  const payload = new Uint8Array(sizes.reduce((sum, bits) => sum + packedBytes(count, bits), 0));
  let offset = 0;
  for (const [i, codes] of [placesOf(points, grid), ...coded.map((each) => each.codes)].entries()) {
    packBits(codes, sizes[i] as number, payload, offset);
    offset += packedBytes(count, sizes[i] as number);
  }
  const channels = coded.map(({ codes: _, ...channel }) => channel);
  return { packing: { count, ...grid, channels }, payload };
}

/** The reverse: float32 [count, 3], and the channels that this version knows. @throws RangeError for a payload that is too short. */
export function unpackPoints(packing: Packing, payload: ArrayBuffer) {
  const bytes = new Uint8Array(payload);
  const { count } = packing;
  const bits = bitsOf(packing);
  const expected = [bits, ...packing.channels.map((each) => each.bits)].reduce(
    (sum, each) => sum + packedBytes(count, each),
    0,
  );
  if (bits > mostBits || bytes.length < expected)
    throw new RangeError(`${count} points take ${expected} bytes, got ${bytes.length}`);
  const positions = pointsOf(unpackBits(bytes, 0, bits, count), packing);
  const channels: Channels = {};
  let offset = packedBytes(count, bits);
  for (const { kind, low, high, bits: size } of packing.channels) {
    const known = channelKinds.find((each) => each === kind);
    if (known) {
      const scale = known === 'class' ? 1 : 255 / (2 ** size - 1);
      const codes = unpackBits(bytes, offset, size, count);
      const scaled = new Uint8Array(count);
      for (let i = 0; i < count; i++) scaled[i] = Math.round((codes[i] as number) * scale);
      channels[known] = { low, high, bytes: scaled };
    }
    offset += packedBytes(count, size);
  }
  return { positions, channels };
}

type Grid = Pick<Packing, 'low' | 'pitch' | 'levels'>;

const bitsOf = ({ levels: [x, y, z] }: Grid): number => Math.max(1, Math.ceil(Math.log2(x * y * z)));

const finite = (value: number): number => (Number.isFinite(value) ? value : 0);

/** The finest grid around all points whose places have numbers of so many bits. */
function gridOf(points: Float32Array, bits: number): Grid {
  const least = [0, 0, 0];
  const most = [0, 0, 0];
  for (let i = 0; i < points.length; i++) {
    const axis = i % 3;
    const place = finite(points[i] as number);
    if (i < 3 || place < (least[axis] as number)) least[axis] = place;
    if (i < 3 || place > (most[axis] as number)) most[axis] = place;
  }
  const extents = most.map((value, axis) => value - (least[axis] as number));
  const widest = Math.max(...extents);
  if (widest <= 0) return { low: axesOf((i) => least[i] as number), pitch: 1, levels: [1, 1, 1] };
  for (let notch = Math.ceil(Math.log(widest / (mostLevels - 2)) / Math.log(pitchRatio)); ; notch++) {
    const pitch = pitchRatio ** notch;
    const first = least.map((value) => Math.floor(value / pitch));
    // One more than it reaches over, as points are shifted by up to a pitch.
    const levels = axesOf((i) =>
      extents[i] === 0 ? 1 : Math.floor((most[i] as number) / pitch) - (first[i] as number) + 2,
    );
    if (levels[0] * levels[1] * levels[2] > 2 ** bits) continue;
    return {
      low: axesOf((i) => (extents[i] === 0 ? least[i] : (first[i] as number) * pitch) as number),
      pitch,
      levels,
    };
  }
}

const axesOf = (of: (axis: number) => number): [number, number, number] => [of(0), of(1), of(2)];

function placesOf(points: Float32Array, { low, pitch, levels }: Grid): Float64Array {
  const places = new Float64Array(points.length / 3);
  const shifts = dithersOf(places.length);
  for (let i = 0; i < places.length; i++) {
    let place = 0;
    for (let axis = 2; axis >= 0; axis--) {
      const count = levels[axis] as number;
      const at = 3 * i + axis;
      const exact = (finite(points[at] as number) - (low[axis] as number)) / pitch;
      const code = Math.floor(exact + (shifts[at] as number));
      place = place * count + Math.min(count - 1, Math.max(0, code));
    }
    places[i] = place;
  }
  return places;
}

function pointsOf(places: Float64Array, { low, pitch, levels }: Grid): Float32Array {
  const points = new Float32Array(3 * places.length);
  const shifts = dithersOf(places.length);
  for (let i = 0; i < places.length; i++) {
    let place = places[i] as number;
    for (let axis = 0; axis < 3; axis++) {
      const count = levels[axis] as number;
      const at = 3 * i + axis;
      const rest = Math.floor(place / count);
      const code = place - rest * count;
      const shift = count === 1 ? 0 : (code + 0.5 - (shifts[at] as number)) * pitch;
      points[at] = (low[axis] as number) + shift;
      place = rest;
    }
  }
  return points;
}

/** Codes of the channels, in so many bits that coordinates keep their accuracy as long as they can. */
function codeChannels(values: ChannelValues, count: number, room: number) {
  const kinds = channelKinds.filter((kind) => values[kind] !== undefined);
  const isTight = mostBits + channelBits.roomy * kinds.length > room;
  return kinds.map((kind) => {
    const all = values[kind] as Float32Array;
    if (all.length !== count)
      throw new RangeError(`A ${kind} for each of ${count} points expected, got ${all.length}`);
    const [low, high] = rangeOf(all);
    if (kind === 'class') {
      if (low < 0 || high > 255)
        throw new RangeError(`Classes from 0 to 255 expected, got ${low} to ${high}`);
      return {
        kind,
        low,
        high,
        bits: Math.max(1, Math.ceil(Math.log2(high + 1))),
        codes: all.map((value) => Math.round(finite(value))),
      };
    }
    const bits = isTight ? channelBits.tight : channelBits.roomy;
    const most = 2 ** bits - 1;
    const share = (value: number) => (high > low ? (finite(value) - low) / (high - low) : 0);
    return { kind, low, high, bits, codes: all.map((value) => Math.round(most * share(value))) };
  });
}

function rangeOf(values: Float32Array): [low: number, high: number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const each of values) {
    const value = finite(each);
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return values.length === 0 ? [0, 0] : [low, high];
}
