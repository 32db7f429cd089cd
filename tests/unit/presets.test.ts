import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import gallery from '@/app/_home/gallery.json';
import { excessOf } from '@/lib/catalog/cost/limits';
import { datasetOf } from '@/lib/catalog/datasets';
import { defaultDatasetFor, defaultValues, modelIds } from '@/lib/catalog/models';
import { type Preset, presetOf, presets, presetsOf, recipeOfPreset, startOf } from '@/lib/catalog/presets';
import { setRecipe } from '@/lib/room/edit';
import { readDocument, seedDocument } from '@/lib/room/roots';

const root = fileURLToPath(new URL('../..', import.meta.url));
const named = presets.map((preset): [string, Preset] => [preset.id, preset]);

test.each(named)('%s is a valid recipe that differs from the defaults only where it says so', (_, preset) => {
  const { values, model, dataset } = recipeOfPreset(preset);
  const changed = Object.entries(defaultValues(model)).filter(
    ([key, value]) => JSON.stringify((values as Record<string, unknown>)[key]) !== JSON.stringify(value),
  );
  const given = Object.keys(preset.values ?? {}).sort();
  expect(changed.map(([key]) => key).sort()).toEqual(given);
  expect(dataset).toBe(preset.dataset ?? defaultDatasetFor(model));
  expect(excessOf(recipeOfPreset(preset), { memoryBytes: 4096 * 2 ** 20, flopsPerStep: 500e9 })).toBeNull();
});

test('ids are unique and can stand in a link; an unknown one is no preset', () => {
  expect(new Set(presets.map(({ id }) => id)).size).toBe(presets.length);
  for (const { id } of presets) expect(id).toMatch(/^[a-z0-9-]+$/);
  expect(presetOf('gan-colapse')).toBeNull();
});

test.each(modelIds)(
  '%s has a start on data that need no network, the notebook, a fast, a large one and a failure',
  (model) => {
    const own = presetsOf(model);
    expect(own[0]).toBe(startOf(model));
    expect(own.filter(({ kind }) => kind === 'start')).toHaveLength(1);
    expect(recipeOfPreset(startOf(model)).values).toEqual(defaultValues(model));
    expect(['glyphs', 'verses']).toContain(recipeOfPreset(startOf(model)).dataset);
    const notebook = presetOf(`${model}-notebook`);
    expect(notebook?.values).toBeUndefined();
    expect(datasetOf(notebook?.dataset ?? 'glyphs').help).toContain('Downloaded once');
    for (const name of ['fast', 'large']) expect(presetOf(`${model}-${name}`)?.model).toBe(model);
    expect(own.some(({ kind }) => kind === 'failure')).toBe(true);
  },
);

test('a preset becomes the recipe in one transaction', () => {
  const doc = new Y.Doc();
  seedDocument(doc);
  const origins: unknown[] = [];
  doc.on('afterTransaction', ({ origin }) => origins.push(origin));
  const preset = presetOf('gan-large') as Preset;
  setRecipe(doc, recipeOfPreset(preset), 'me');
  expect(origins).toEqual(['me']);
  expect(readDocument(doc).recipe).toEqual(recipeOfPreset(preset));
});

test.each(modelIds)('the thumbnail of %s is there, in stages that grow, and small', async (model) => {
  const { steps, ...rest } = gallery[model];
  expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
  if ('texts' in rest) {
    expect(rest.texts).toHaveLength(steps.length);
    return;
  }
  const file = readFileSync(join(root, `public/gallery/${model}.webp`));
  expect(file.length).toBeLessThan(16_000);
  // Four by two pictures a stage.
  const { width, height } = await sharp(file).metadata();
  expect([width, height]).toEqual([4 * 28, 2 * 28 * steps.length]);
});
