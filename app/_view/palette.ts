import { useSyncExternalStore } from 'react';

/** The colours of the present theme, for what is drawn on canvases. All are `#rrggbb`. */
export interface Palette {
  readonly paper: string;
  readonly surface: string;
  readonly sunken: string;
  readonly line: string;
  readonly ink: string;
  /** What grey pictures call black and white: paper and ink, or just these where they are somebody's own photographs. */
  readonly pictureBlack: string;
  readonly pictureWhite: string;
  readonly inkSoft: string;
  readonly inkFaint: string;
  readonly real: string;
  readonly generated: string;
  /** A warning. */
  readonly bad: string;
  readonly people: readonly string[];
  readonly classes: readonly string[];
}

export type Rgb = readonly [red: number, green: number, blue: number];

/** Bytes of a colour written `#rrggbb`. @throws RangeError for any other notation. */
export function parseRgb(color: string): Rgb {
  if (!/^#[0-9a-f]{6}$/i.test(color)) throw new RangeError(`A colour as #rrggbb expected, got ${color}`);
  const code = Number.parseInt(color.slice(1), 16);
  return [code >> 16, (code >> 8) & 255, code & 255];
}

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string) => expand(style.getPropertyValue(`--${name}`).trim());
  const series = (name: string, count: number) =>
    Array.from({ length: count }, (_, i) => color(`${name}-${i}`));
  return {
    paper: color('paper'),
    surface: color('surface'),
    sunken: color('sunken'),
    line: color('line'),
    ink: color('ink'),
    pictureBlack: color('picture-black'),
    pictureWhite: color('picture-white'),
    inkSoft: color('ink-soft'),
    inkFaint: color('ink-faint'),
    real: color('real'),
    generated: color('generated'),
    bad: color('bad'),
    people: series('person', 12),
    classes: series('class', 10),
  };
}

/** A minified style sheet may say `#fff` for `#ffffff`. */
function expand(color: string): string {
  return color.length === 4 ? color.replace(/[^#]/g, '$&$&') : color;
}

let cached: { look: string; palette: Palette } | null = null;

/** The theme's colours now. */
export function currentPalette(): Palette {
  const { theme, pictures } = document.documentElement.dataset;
  const look = `${theme} ${pictures}`;
  if (cached?.look !== look) cached = { look, palette: readPalette() };
  return cached.palette;
}

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-pictures'] });
  return () => observer.disconnect();
}

/** The theme's colours; `null` while rendering on the server. */
export function usePalette(): Palette | null {
  return useSyncExternalStore(subscribe, currentPalette, () => null);
}
