import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

/** What WCAG 2.2 asks of text at least (success criterion 1.4.3). */
const CONTRAST = 4.5;
const css = readFileSync('app/globals.css', 'utf8');

/** The custom properties of a theme, `#rrggbb` each: light before dark. */
const themes = ['light', 'dark'].map((theme) => {
  const block = css.slice(css.indexOf(`color-scheme: ${theme}`)).split('}')[0] ?? '';
  return {
    theme,
    colors: Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map((m) => m.slice(1))),
  };
});

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [a, b].map(luminance).sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(themes)('$theme', ({ colors }) => {
  const texts = Object.keys(colors).filter((name) => /^(person-|ink|real|generated|bad|good)/.test(name));

  test('names the colours of 12 people', () => {
    expect(texts.filter((name) => name.startsWith('person-'))).toHaveLength(12);
  });

  test.each(texts)('%s can be read on paper and on a surface', (name) => {
    for (const ground of ['paper', 'surface'])
      expect(contrast(colors[name] ?? '', colors[ground] ?? ''), ground).toBeGreaterThanOrEqual(CONTRAST);
  });
});
