import { expect, test } from 'vitest';
import { defaultProjection, type ProjectionSettings } from '@/lib/catalog/projections';
import { RandomStream } from '@/lib/random';
import { nearest } from '@/server/projections/neighbours';
import { Projector } from '@/server/projections/projector';
import { Repulsion } from '@/server/projections/repulsion';
import { curveOf } from '@/server/projections/umap';
import { trustworthiness } from '../support/trustworthiness';

const SIZE = 10;
const GROUPS = 5;

/** Codings [count, SIZE] in groups far from each other; row i is of group i % GROUPS. */
function groups(seed: number, count: number): Float32Array {
  const random = new RandomStream(seed, 'groups');
  const centres = Array.from({ length: GROUPS * SIZE }, () => 8 * random.normal());
  return new Float32Array(count * SIZE).map((_, i) => {
    const group = Math.floor(i / SIZE) % GROUPS;
    return (centres[group * SIZE + (i % SIZE)] as number) + random.normal();
  });
}

function settled(projector: Projector, most = 3000): Float32Array {
  for (let i = 0; i < most && projector.isMoving; i++) projector.work();
  return projector.points();
}

const settings = (given: Partial<ProjectionSettings>): ProjectionSettings => ({
  ...defaultProjection,
  ...given,
});

/** Share of points whose nearest neighbour is of their own group. */
function purity(points: Float32Array): number {
  const count = points.length / 3;
  const own = Array.from({ length: count }, (_, row) => {
    const square = (other: number) =>
      [0, 1, 2].reduce(
        (sum, axis) => sum + (Number(points[3 * row + axis]) - Number(points[3 * other + axis])) ** 2,
        0,
      );
    const others = Array.from({ length: count }, (_, i) => i).filter((i) => i !== row);
    const nearestOne = others.reduce((best, other) => (square(other) < square(best) ? other : best));
    return nearestOne % GROUPS === row % GROUPS;
  });
  return own.filter(Boolean).length / count;
}

test('finds the same neighbours as sorting all distances does', () => {
  const rows = groups(3, 60);
  const search = nearest(rows, SIZE, 7);
  let step = search.next();
  while (!step.done) step = search.next();
  const { indices, squares } = step.value;
  for (let row = 0; row < 60; row++) {
    const square = (other: number) =>
      Array.from(
        { length: SIZE },
        (_, k) => (Number(rows[row * SIZE + k]) - Number(rows[other * SIZE + k])) ** 2,
      ).reduce((a, b) => a + b);
    const expected = Array.from({ length: 60 }, (_, i) => i)
      .filter((i) => i !== row)
      .sort((a, b) => square(a) - square(b))
      .slice(0, 7);
    expect([...indices.subarray(row * 7, row * 7 + 7)]).toEqual(expected);
    expect(squares[row * 7]).toBeCloseTo(square(expected[0] as number), 1);
  }
});

test('refuses more neighbours than there are', () => {
  expect(() => nearest(new Float32Array(30), 10, 3).next()).toThrow('1 to 2 neighbours expected, got 3');
});

for (const dimensions of [2, 3])
  test(`forces of far groups come close to those of all pairs in ${dimensions}D, and none is lost`, () => {
    const random = new RandomStream(7, 'points');
    const points = new Float64Array(3 * 400).map((_, i) => (i % 3 < dimensions ? 20 * random.normal() : 0));
    const exact = new Float64Array(points.length);
    const fast = new Float64Array(points.length);
    const whole = new Repulsion(400, 0).into(exact, points);
    let expected = 0;
    for (let i = 0; i < 400; i++)
      for (let j = 0; j < 400; j++) {
        const d = [0, 1, 2].map((axis) => Number(points[3 * i + axis]) - Number(points[3 * j + axis]));
        if (i !== j) expected += 1 / (1 + d.reduce((sum, each) => sum + each * each, 0));
      }
    expect(whole / expected).toBeCloseTo(1, 9);
    expect(new Repulsion(400, 0.5).into(fast, points) / whole).toBeCloseTo(1, 1);
    const error = Math.hypot(...fast.map((value, i) => value - (exact[i] as number)));
    expect(error / Math.hypot(...exact)).toBeLessThan(0.05);
  });

test('points that all lie at one place push nobody', () => {
  const forces = new Float64Array(30);
  expect(new Repulsion(10, 0.5).into(forces, new Float64Array(30).fill(3))).toBeCloseTo(90, 9);
  expect(forces.every((force) => force === 0)).toBe(true);
});

for (const method of ['tsne', 'umap'] as const)
  for (const dimensions of ['2', '3'] as const) {
    test(`${method} in ${dimensions}D keeps groups apart and neighbours together, and is the same each time`, () => {
      const rows = groups(1, 150);
      const of = () => {
        const projector = new Projector(settings({ method, dimensions, perplexity: 15 }), 4);
        projector.feed(rows, SIZE);
        return settled(projector);
      };
      const points = of();
      expect(points.every(Number.isFinite)).toBe(true);
      expect(points.some((value, i) => i % 3 === 2 && value !== 0)).toBe(dimensions === '3');
      expect(purity(points)).toBeGreaterThan(0.98);
      expect(trustworthiness(rows, SIZE, points)).toBeGreaterThan(0.93);
      expect(of()).toEqual(points);
    });
  }

test('goes on from where the points are when codings have changed a little', () => {
  const projector = new Projector(settings({ method: 'tsne', perplexity: 15 }), 4);
  projector.feed(groups(1, 100), SIZE);
  const before = settled(projector);
  expect(projector.isMoving).toBe(false);
  projector.feed(
    groups(1, 100).map((value, i) => value + (i % 7) / 50),
    SIZE,
  );
  expect(projector.isMoving).toBe(true);
  const after = settled(projector);
  const radius = Math.sqrt(before.reduce((sum, value) => sum + value * value, 0) / 100);
  const moved = Math.sqrt(
    after.reduce((sum, value, i) => sum + (value - (before[i] as number)) ** 2, 0) / 100,
  );
  expect(moved).toBeLessThan(0.5 * radius);
});

test('a paused one keeps its points, also when codings or numbers change, and goes on when told to', () => {
  const running = settings({ method: 'tsne', perplexity: 15 });
  const projector = new Projector(running, 4);
  projector.feed(groups(1, 60), SIZE);
  for (let i = 0; i < 50; i++) projector.work();
  const before = projector.points();
  projector.configure({ ...running, motion: 'paused' });
  expect(projector.isMoving).toBe(false);
  expect(projector.isReady).toBe(false);
  projector.work();
  projector.points().forEach((value, i) => {
    expect(value).toBeCloseTo(before[i] as number, 5);
  });
  projector.configure(running);
  expect(projector.isMoving).toBe(true);
  projector.work();
  expect(projector.points()).not.toEqual(before);
});

test('principal components follow the codings even while other points are held still', () => {
  const projector = new Projector(settings({ method: 'pca', motion: 'paused' }), 4);
  projector.feed(groups(1, 60), SIZE);
  expect(projector.isReady).toBe(true);
});

test('a change of method keeps the points of the same count, turned towards the last ones', () => {
  const projector = new Projector(settings({ method: 'pca' }), 4);
  projector.feed(groups(1, 60), SIZE);
  const flat = projector.points();
  expect(projector.explained.length).toBe(3);
  projector.configure(settings({ method: 'umap', neighbours: 10 }));
  const points = settled(projector);
  expect(points.length).toBe(flat.length);
  expect(projector.explained).toEqual([]);
  const along = points.reduce((sum, value, i) => sum + value * (flat[i] as number), 0);
  expect(along).toBeGreaterThan(0);
});

test('one or two points stay where their principal components are', () => {
  for (const method of ['tsne', 'umap'] as const) {
    const projector = new Projector(settings({ method }), 4);
    projector.feed(groups(1, 2), SIZE);
    expect(projector.isMoving).toBe(false);
    expect(projector.points().length).toBe(6);
  }
});

test("UMAP's curve for its usual distance has the published figures", () => {
  const { a, b } = curveOf(0.1);
  expect(a).toBeCloseTo(1.577, 3);
  expect(b).toBeCloseTo(0.895, 3);
});
