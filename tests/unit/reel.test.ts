import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeFrame } from '@/lib/protocol/frames';
import { limits } from '@/lib/protocol/limits';
import { decodePack, encodePack } from '@/lib/protocol/reel';
import {
  addToTrack,
  cutTrack,
  emptyTrack,
  indexAt,
  indexBy,
  isTailPassing,
  isTrackFull,
  type ReelEntry,
  type Track,
  thinTrack,
} from '@/lib/runs/reel';

function record(steps: Iterable<number>): Track {
  const track = emptyTrack<ReelEntry>();
  for (const step of steps) {
    addToTrack(track, { step, size: 100 });
    if (isTrackFull(track)) thinTrack(track);
  }
  return track;
}

const stepsOf = (track: Track) => track.entries.map(({ step }) => step);
const every = (period: number, count: number) => Array.from({ length: count }, (_, i) => i * period);

test('a reel below its limit keeps every frame', () => {
  expect(stepsOf(record(every(7, limits.reelFrames)))).toEqual(every(7, limits.reelFrames));
});

test('a long reel is thinned evenly, and begins with the first frame and ends with the newest', () => {
  for (const period of [1, 13, 77]) {
    const steps = stepsOf(record(every(period, 20_011)));
    expect(steps.length).toBeLessThanOrEqual(limits.reelFrames);
    expect(steps.length).toBeGreaterThan(limits.reelFrames / 4);
    expect([steps[0], steps.at(-1)]).toEqual([0, 20_010 * period]);
    const gaps = steps.slice(1, -1).map((step, i) => step - (steps[i] as number));
    const [least, most] = [Math.min(...gaps), Math.max(...gaps)];
    expect(most - least).toBeLessThanOrEqual(period);
  }
});

test('a run that comes slower and faster keeps as much of each of its parts', () => {
  const slow = every(1, 3000);
  const fast = every(40, 3000).map((step) => step + 3000);
  const steps = stepsOf(record([...slow, ...fast]));
  const middle = 61_500;
  const share = steps.filter((step) => step < middle).length / steps.length;
  expect(share).toBeCloseTo(0.5, 1);
});

test('the newest frame stays only until the next one when its bucket has one', () => {
  const track = emptyTrack<ReelEntry>(8);
  for (const step of [0, 3, 5]) addToTrack(track, { step, size: 1 });
  expect(stepsOf(track)).toEqual([0, 5]);
  expect(isTailPassing(track)).toBe(true);
  addToTrack(track, { step: 9, size: 1 });
  expect(stepsOf(track)).toEqual([0, 9]);
  expect(isTailPassing(track)).toBe(false);
});

test('a run that goes back to a checkpoint forgets what came after it', () => {
  const track = record(every(10, 20));
  addToTrack(track, { step: 55, size: 1 });
  expect(stepsOf(track)).toEqual([0, 10, 20, 30, 40, 50, 55]);
  expect(cutTrack(track, 30)).toBe(true);
  expect(stepsOf(track)).toEqual([0, 10, 20, 30]);
  expect(cutTrack(track, 30)).toBe(false);
});

test('replaying what was kept gives the same reel', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3000), { maxLength: 300 }), fc.constantFrom(1, 2, 16), (steps, spacing) => {
      const track = emptyTrack<ReelEntry>(spacing);
      for (const step of steps) addToTrack(track, { step, size: 1 });
      const again = emptyTrack<ReelEntry>(spacing);
      for (const entry of track.entries) addToTrack(again, entry);
      expect(stepsOf(again)).toEqual(stepsOf(track));
      expect(stepsOf(track)).toEqual([...new Set(stepsOf(track))].sort((a, b) => a - b));
    }),
  );
});

test('thinning ends, whatever the steps are', () => {
  const track: Track = { spacing: 1, entries: [0, 2 ** 31].map((step) => ({ step, size: 1 })) };
  thinTrack(track);
  expect(stepsOf(track)).toEqual([0, 2 ** 31]);
});

test('a moment shows the newest frame by its step, else the first', () => {
  const steps = [10, 20, 30];
  expect([0, 10, 19, 20, 29, 30, 99].map((step) => indexAt(steps, step))).toEqual([0, 0, 0, 1, 1, 2, 2]);
  expect(indexAt([], 5)).toBe(-1);
  expect([0, 9, 10, 30, 99].map((step) => indexBy(steps, step))).toEqual([-1, -1, 0, 2, 2]);
});

test('a pack gives back its frames, and says where it breaks off', () => {
  const frame = (step: number, length: number) =>
    encodeFrame(
      { kind: 'images', run: 'run', step, count: 1, height: 1, width: length, channels: 1 },
      new Uint8Array(length).fill(step),
    );
  const frames = [frame(1, 3), frame(2, 4), frame(3, 0)];
  const pack = encodePack(frames);
  expect(decodePack(pack)).toEqual(frames);
  expect(decodePack(encodePack([]))).toEqual([]);
  for (const broken of [pack.subarray(0, pack.length - 5), pack.subarray(0, 2)])
    expect(() => decodePack(broken)).toThrow('breaks off in frame');
});
