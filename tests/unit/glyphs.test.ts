import { expect, test } from 'vitest';
import { datasetOf } from '@/lib/catalog/datasets';
import { generateGlyphs } from '@/server/datasets/glyphs/index';

const classes = datasetOf('glyphs').classes.length;
const pixels = 28 * 28;

test('the same seed draws the same glyphs, another seed others', () => {
  const first = generateGlyphs(50, 1);
  expect(generateGlyphs(50, 1)).toEqual(first);
  expect(generateGlyphs(50, 2).images).not.toEqual(first.images);
  expect(generateGlyphs(100, 1).images.subarray(0, 50 * pixels)).toEqual(first.images);
});

test('6,000 images of ten classes that take turns', () => {
  const { count, images, labels, height, width, channels } = generateGlyphs();
  expect([count, height, width, channels]).toEqual([6000, 28, 28, 1]);
  expect(images).toHaveLength(6000 * pixels);
  expect([...labels.subarray(0, 20)]).toEqual([...Array(20).keys()].map((i) => i % classes));
});

test('every glyph is bright on a dark ground, inside the picture, with smooth edges', () => {
  const { images, labels, count } = generateGlyphs(500);
  for (let i = 0; i < count; i++) {
    const image = images.subarray(i * pixels, (i + 1) * pixels);
    const bright = image.filter((value) => value > 128).length;
    const between = image.filter((value) => value > 40 && value < 180).length;
    const kind = datasetOf('glyphs').classes[labels[i] as number];
    expect(bright, `bright pixels of ${kind} ${i}`).toBeGreaterThan(20);
    expect(bright, `bright pixels of ${kind} ${i}`).toBeLessThan(pixels / 2);
    expect(between, `edge pixels of ${kind} ${i}`).toBeGreaterThan(8);
  }
});

test('no two glyphs of a class are alike', () => {
  const { images, labels, count } = generateGlyphs(300);
  const seen = new Map<number, Uint8Array[]>();
  for (let i = 0; i < count; i++) {
    const image = images.subarray(i * pixels, (i + 1) * pixels);
    const others = seen.get(labels[i] as number) ?? [];
    for (const other of others) {
      const difference = image.reduce((sum, value, p) => sum + Math.abs(value - (other[p] as number)), 0);
      expect(difference / pixels).toBeGreaterThan(2);
    }
    seen.set(labels[i] as number, [...others, image]);
  }
  expect(seen.size).toBe(classes);
});
