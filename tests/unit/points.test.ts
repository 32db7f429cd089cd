import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mostBits, packBits, packedBytes, unpackBits } from '@/lib/protocol/bits';
import { encodeFrame } from '@/lib/protocol/frames';
import { limits } from '@/lib/protocol/limits';
import { packPoints, unpackPoints } from '@/lib/protocol/pointPacking';
import { channelKinds } from '@/lib/protocol/points';
import { RandomStream } from '@/lib/random';

const many = 10_000;

/** Normal in `axes` axes, 0 in the others. */
function ball(count: number, axes: number): Float32Array {
  const random = new RandomStream(3, 'ball');
  return Float32Array.from({ length: 3 * count }, (_, i) => (i % 3 < axes ? random.normal() : 0));
}

const ramp = (count: number) => Float32Array.from({ length: count }, (_, i) => i / count);

const sent = (points: Float32Array, values: Parameters<typeof packPoints>[1]) => {
  const { packing, payload } = packPoints(points, values);
  const { positions, channels } = unpackPoints(packing, payload.slice().buffer);
  return { packing, payload, positions, channels };
};

const farthest = (a: Float32Array, b: Float32Array) =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] as number))), 0);

test('numbers of any size come out of their bits as they went in', () => {
  const numbers = fc
    .integer({ min: 1, max: mostBits })
    .chain((bits) =>
      fc.tuple(fc.constant(bits), fc.array(fc.maxSafeNat().map((each) => each % 2 ** bits)), fc.nat(5)),
    );
  fc.assert(
    fc.property(numbers, ([bits, values, offset]) => {
      const bytes = new Uint8Array(offset + packedBytes(values.length, bits));
      packBits(values, bits, bytes, offset);
      expect([...unpackBits(bytes, offset, bits, values.length)]).toEqual(values);
      expect([...bytes.subarray(0, offset)].every((each) => each === 0)).toBe(true);
    }),
    { seed: 5 },
  );
});

test.each([
  ['2,000 points and four channels', 2000, channelKinds, 3, 1e-4],
  ['5,000 points and two channels', 5000, ['class', 'loss'] as const, 3, 1e-4],
  ['10,000 points in the plane', many, ['loss'] as const, 2, 1e-3],
  ['10,000 points in space', many, [] as const, 3, 1.5e-3],
  ['10,000 points in space and a channel', many, ['loss'] as const, 3, 4e-3],
  ['10,000 points in space and two channels', many, ['class', 'score'] as const, 3, 8e-3],
])('%s fit into a frame, so accurately', (_, count, kinds, axes, share) => {
  const points = ball(count, axes);
  const values = Object.fromEntries(
    kinds.map((kind) => [
      kind,
      kind === 'class' ? ramp(count).map((each) => Math.floor(10 * each)) : ramp(count),
    ]),
  );
  const { packing, payload, positions, channels } = sent(points, values);
  const made = { projection: 'umap', iteration: 12_345 } as const;
  const run = 'b5b3a1cc-84a2-44b6-a50d-3c4a2d4d0d2e';
  const frame = encodeFrame(
    { kind: 'points', run, step: 123_456, ...packing, ...made, explained: [0.123456789, 0.2, 0.3] },
    payload,
  );
  expect(frame.length).toBeLessThanOrEqual(limits.frameBytes);
  const extent = 2 * points.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  expect(farthest(points, positions) / extent).toBeLessThan(share);
  for (const kind of kinds) {
    const { low, high, bytes } = channels[kind] ?? { low: 0, high: 0, bytes: new Uint8Array() };
    expect(bytes).toHaveLength(count);
    if (kind === 'class') expect([...bytes]).toEqual([...(values.class ?? [])]);
    else {
      const read = Float32Array.from(bytes, (byte) => low + (byte / 255) * (high - low));
      expect(farthest(values[kind] as Float32Array, read)).toBeLessThan(1 / 50);
    }
  }
});

test('points that stay where they are don’t move while others do', () => {
  const points = ball(many, 3);
  const later = points.map((value, i) => (i < 3000 ? 0.9 * value : value));
  const before = sent(points, { loss: ramp(many) }).positions;
  const after = sent(later, { loss: ramp(many) }).positions;
  expect([...after.subarray(3000)]).toEqual([...before.subarray(3000)]);
  expect(farthest(after.subarray(0, 3000), before.subarray(0, 3000))).toBeGreaterThan(0.1);
});

test('a coarse grid doesn’t show: few points share a coordinate', () => {
  const { positions } = sent(ball(many, 3), { class: new Float32Array(many), loss: ramp(many) });
  const across = new Set(positions.filter((_, i) => i % 3 === 0));
  expect(across.size).toBeGreaterThan(0.95 * many);
});

test('a plane stays flat, and clouds without extent, points or finite places can be sent', () => {
  expect(new Set(sent(ball(50, 2), {}).positions.filter((_, i) => i % 3 === 2))).toEqual(new Set([0]));
  expect([...sent(Float32Array.of(5, 5, 5, 5, 5, 5), {}).positions]).toEqual([5, 5, 5, 5, 5, 5]);
  expect(sent(new Float32Array(), {}).positions).toHaveLength(0);
  const { positions } = sent(Float32Array.of(1, 2, Number.NaN, 3, 4, Number.POSITIVE_INFINITY), {});
  expect(positions.every(Number.isFinite)).toBe(true);
  const same = sent(ball(3, 3), { loss: Float32Array.of(2, 2, 2) }).channels.loss;
  expect(same).toMatchObject({ low: 2, high: 2 });
});

test('a channel that this version doesn’t know is passed over', () => {
  const { packing, payload } = packPoints(ball(9, 3), { loss: ramp(9), time: ramp(9) });
  const later = packing.channels.map((each) => (each.kind === 'loss' ? { ...each, kind: 'mood' } : each));
  const { channels } = unpackPoints({ ...packing, channels: later }, payload.slice().buffer);
  expect(channels).toEqual({ time: unpackPoints(packing, payload.slice().buffer).channels.time });
});

test('what can’t be right is refused', () => {
  expect(() => packPoints(ball(3, 3), { loss: ramp(2) })).toThrow(
    /A loss for each of 3 points expected, got 2/,
  );
  expect(() => packPoints(ball(3, 3), { class: Float32Array.of(0, 1, 256) })).toThrow(/0 to 255/);
  const { packing, payload } = packPoints(ball(3, 3), {});
  expect(() => unpackPoints(packing, payload.slice(0, -1).buffer)).toThrow(/3 points take/);
});
