import { describe, expect, test } from 'vitest';
import { layoutOf, type NodePlace } from '@/app/_features/network/diagramLayout';
import { networksOf } from '@/lib/catalog/architectures';
import { defaultDatasetFor, defaultValues, type ModelId, modelIds, recipeSchema } from '@/lib/catalog/models';

function networks(model: ModelId, changes: Record<string, unknown> = {}) {
  const values = { ...defaultValues(model), ...changes };
  return networksOf(recipeSchema.parse({ model, dataset: defaultDatasetFor(model), values }));
}
const rooms = [
  { width: 840, height: 380 },
  { width: 390, height: 240 },
];
const edges = ({ x, y, width, height }: NodePlace) => [
  x - width / 2,
  x + width / 2,
  y - height / 2,
  y + height / 2,
];

describe.each(modelIds)('%s', (model) => {
  test.each(rooms)('stands within its sheet, block beside block, in %o', (room) => {
    const layout = layoutOf(networks(model), room);
    for (const { nodes } of layout.rows) {
      for (const node of nodes) {
        const [left = 0, right = 0, top = 0, bottom = 0] = edges(node);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(right).toBeLessThanOrEqual(layout.width);
        expect(top).toBeGreaterThanOrEqual(0);
        expect(bottom).toBeLessThanOrEqual(layout.height);
      }
      nodes.slice(1).forEach((node, i) => {
        expect(edges(node)[0]).toBeGreaterThan(edges(nodes[i] as NodePlace)[1] as number);
      });
    }
  });

  test('shows every block once', () => {
    const own = networks(model);
    const shown = layoutOf(own, { width: 840, height: 380 }).rows.flatMap(({ nodes }) => nodes);
    expect(
      shown
        .filter(({ kind }) => kind === 'block')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(own.flatMap(({ blocks }) => blocks.map(({ id }) => id)).sort());
  });

  test('fits into a corner', () => {
    const layout = layoutOf(networks(model), { width: 130, height: 80 }, 'small');
    expect([layout.width, layout.height]).toEqual([130, 80]);
  });
});

test('a layer may be added before each one that comes and goes, and behind the last', () => {
  const gaps = layoutOf(networks('gan', { generatorUnits: [10, 20, 30], discriminatorUnits: [] }), {
    width: 840,
    height: 380,
  }).gaps;
  expect(gaps.map(({ network, index }) => `${network} ${index}`)).toEqual([
    'generator 0',
    'generator 1',
    'generator 2',
    'generator 3',
    'discriminator 0',
  ]);
  expect(layoutOf(networks('dcgan'), { width: 840, height: 380 }).gaps).toEqual([]);
});

/** Pixels of a button that adds a layer. */
const BUTTON = 24;

test.each(modelIds)('%s: no two places for another layer lie on one another', (model) => {
  for (const room of rooms) {
    const { gaps } = layoutOf(networks(model), room);
    for (const [i, gap] of gaps.entries())
      for (const other of gaps.slice(i + 1))
        expect(Math.hypot(gap.x - other.x, gap.y - other.y)).toBeGreaterThanOrEqual(BUTTON);
  }
});

test('a resolution of a StyleGAN is two blocks of one size, and one place to add another', () => {
  const { gaps } = layoutOf(networks('stylegan'), { width: 840, height: 380 });
  const indexes = (id: string) => gaps.filter(({ network }) => network === id).map(({ index }) => index);
  expect(indexes('generator')).toEqual([0, 1, 2, 3]);
  expect(indexes('mapping')).toHaveLength(5);
});

test('an hourglass: the coding is the lowest bar', () => {
  const [row] = layoutOf(networks('autoencoder'), { width: 840, height: 380 }).rows;
  const heights =
    row?.nodes.filter(({ kind }) => kind === 'block').map(({ height }) => Math.round(height)) ?? [];
  expect(Math.min(...heights)).toBe(heights[1]);
  expect(heights[0]).toBe(heights[2]);
});
