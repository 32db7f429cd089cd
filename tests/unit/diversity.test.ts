import { expect, test } from 'vitest';
import { decodeFrame, decodeHistory, encodeHistory } from '@/lib/protocol/frames';
import { limits } from '@/lib/protocol/limits';
import { appendDiversity, type DiversityPoint, watchOf } from '@/lib/runs/diversity';
import { emptyHistory } from '@/lib/runs/history';
import { generateGlyphs } from '@/server/datasets/glyphs/index';
import { DiversityGauge } from '@/server/worker/training/tasks/diversity';

/** Measurements every 100 steps. */
const series = (...spreads: number[]): DiversityPoint[] =>
  spreads.map((spread, i) => ({ step: 100 * (i + 1), spread, coverage: 1 }));

const grows = [0.1, 0.2, 0.5, 0.8, 0.9];

test('a generator that grows varied, with noise, never collapses', () => {
  expect(watchOf(series(...grows, 0.7, 0.85, 0.25, 0.8, 0.2, 0.28, 0.6))).toMatchObject({
    verdict: 'varied',
    since: 300,
  });
  expect(watchOf(series(0.1, 0.2, 0.2, 0.2, 0.2)).verdict).toBe('young');
});

test('a collapse begins with the first of several low measurements', () => {
  const falling = [...grows, 0.4, 0.2, 0.1];
  expect(watchOf(series(...falling)).verdict).toBe('varied');
  expect(watchOf(series(...falling, 0.05))).toMatchObject({ verdict: 'collapsed', since: 700 });
});

test('between the thresholds nothing changes, and a collapse ends with lasting diversity only', () => {
  const collapsed = [...grows, 0.2, 0.1, 0.05];
  expect(watchOf(series(...collapsed, 0.4, 0.4, 0.4, 0.4)).verdict).toBe('collapsed');
  expect(watchOf(series(...collapsed, 0.6, 0.6, 0.3, 0.6, 0.6)).verdict).toBe('collapsed');
  expect(watchOf(series(...collapsed, 0.6, 0.6, 0.6))).toMatchObject({ verdict: 'varied', since: 900 });
});

test('few classes are a collapse, however far apart the samples are', () => {
  const points = series(...grows, 0.9, 0.9, 0.9).map((point) => ({
    ...point,
    coverage: point.step < 600 ? 0.9 : 0.1,
  }));
  expect(watchOf(points)).toMatchObject({ verdict: 'collapsed', since: 600 });
});

test('a generator that never becomes varied has collapsed once it had its time', () => {
  const points = series(...Array.from({ length: 12 }, () => 0.1));
  expect(watchOf(points)).toMatchObject({ verdict: 'collapsed', since: 1000 });
  const unknown = points.map((point) => ({ ...point, spread: 0.8, coverage: null }));
  expect(watchOf(unknown).verdict).toBe('varied');
});

test('the series stays bounded, in order, and takes each step once', () => {
  const points: DiversityPoint[] = [];
  for (let step = 1; step <= 3 * limits.diversityPoints; step++) {
    expect(appendDiversity(points, { step, spread: step, coverage: null })).toBe(true);
    expect(points.length).toBeLessThanOrEqual(limits.diversityPoints);
    expect(points.at(-1)?.step).toBe(step);
  }
  expect(appendDiversity(points, { step: 3, spread: 0, coverage: null })).toBe(false);
  expect(points.map(({ step }) => step)).toEqual(points.map(({ step }) => step).sort((a, b) => a - b));
});

test('a history keeps its diversity on the way, as older ones do that call it variety, and one without has none', () => {
  const history = emptyHistory(4);
  history.diversity.push({ step: 3, spread: 0.5, coverage: null }, { step: 9, spread: 0.25, coverage: 0.75 });
  history.validation.push({ step: 5, values: [1, 2, 3, 4] });
  const { header, payload } = decodeFrame(encodeHistory('run', history, null));
  if (header.kind !== 'history') throw new Error('A history frame expected');
  expect(decodeHistory(header, payload)).toEqual(history);
  expect(decodeHistory({ ...header, diversity: undefined }, payload).diversity).toEqual([]);
  const stored = { ...header, diversity: undefined, variety: 2 };
  expect(decodeHistory(stored, payload)).toEqual(history);
});

const set = generateGlyphs(600);
const gauge = new DiversityGauge(set);
const pixels = set.height * set.width;
const images = (from: number, count: number) => set.images.slice(from * pixels, (from + count) * pixels);

test('real images are as varied as real images', () => {
  const { spread, coverage } = gauge.measure(images(540, 60));
  expect(spread).toBeGreaterThan(0.9);
  expect(spread).toBeLessThan(1.1);
  expect(coverage).toBe(1);
});

test('one image over and over has no diversity, and grain hardly adds any', () => {
  const one = images(3, 1);
  const copies = new Uint8Array(40 * pixels);
  const grainy = new Uint8Array(40 * pixels);
  for (let i = 0; i < copies.length; i++) {
    copies[i] = one[i % pixels] as number;
    grainy[i] = Math.min(255, (copies[i] as number) + (Math.imul(i, 2654435761) >>> 28));
  }
  expect(gauge.measure(copies)).toEqual({ spread: 0, coverage: 0.1 });
  expect(gauge.measure(grainy).spread).toBeLessThan(0.05);
});

test('samples of two classes cover two classes', () => {
  const two = new Uint8Array(20 * pixels);
  for (let i = 0; i < 20; i++) two.set(images(10 * i + (i % 2 === 0 ? 1 : 6), 1), i * pixels);
  expect(gauge.measure(two).coverage).toBeCloseTo(0.2);
});

test('a set of one class has no coverage', () => {
  const uniform = new DiversityGauge({ ...set, labels: new Uint8Array(set.count) });
  expect(uniform.measure(images(0, 10)).coverage).toBeNull();
});
