import { type Palette, parseRgb, type Rgb } from '@/app/_view/palette';
import type { Colouring } from './colouring';

/** Colours of a ramp; between two of them colours are mixed. */
export const RAMP_STOPS = 9;

/** Lightness (0 to 1), chroma and hue (degrees) in OKLCH. */
type Lch = readonly [lightness: number, chroma: number, hue: number];

/** Lightness from low to high: what is high stands out from the paper, in either theme. */
const lightness = { light: [0.84, 0.3], dark: [0.42, 0.93] } as const;
/** Hues of the generated side (0) and of the real one (1), as everywhere on the page. */
const sides = [50, 255] as const;

const between = (from: number, to: number, share: number) => from + (to - from) * share;

/** Yellow, orange, magenta and violet, in the order of their lightness. */
function heat(share: number, isDark: boolean): Lch {
  const [low, high] = lightness[isDark ? 'dark' : 'light'];
  const dimness = isDark ? 1 - share : share;
  return [between(low, high, share), 0.13 + 0.06 * Math.sin(Math.PI * share), between(95, -75, dimness)];
}

/** From what seems generated to what seems real, by way of grey. */
function verdict(share: number, isDark: boolean): Lch {
  const [low, high] = lightness[isDark ? 'dark' : 'light'];
  const from = between(low, high, 0.14);
  const to = between(low, high, isDark ? 0.84 : 0.74);
  return [between(from, to, share), 0.16 * Math.abs(2 * share - 1) ** 0.7, sides[share < 0.5 ? 0 : 1]];
}

/**
 * Colours from low to high, `RAMP_STOPS` of them, each lighter than the one before, or each darker. A score is a
 * verdict between two sides, everything else a heat.
 */
export function rampOf(palette: Palette, colouring: Colouring): Rgb[] {
  const [red, green, blue] = parseRgb(palette.paper);
  const isDark = red + green + blue < 384;
  const at = colouring === 'score' ? verdict : heat;
  return Array.from({ length: RAMP_STOPS }, (_, i) => rgbOf(at(i / (RAMP_STOPS - 1), isDark)));
}

export const cssRamp = (ramp: readonly Rgb[]): string =>
  `linear-gradient(to right, ${ramp.map((rgb) => `rgb(${rgb.join(' ')})`).join(', ')})`;

/** sRGB bytes; chroma that a screen can't show is taken away. Matrices: Björn Ottosson, "A perceptual color space" (2020). */
function rgbOf([light, chroma, hue]: Lch): Rgb {
  for (let kept = chroma; ; kept -= 0.005) {
    const angle = (hue * Math.PI) / 180;
    const a = Math.max(0, kept) * Math.cos(angle);
    const b = Math.max(0, kept) * Math.sin(angle);
    const l = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3;
    const m = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3;
    const s = (light - 0.0894841775 * a - 1.291485548 * b) ** 3;
    const linear = [
      4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
      -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
    ] as const;
    if (kept > 0 && linear.some((value) => value < 0 || value > 1)) continue;
    return [byteOf(linear[0]), byteOf(linear[1]), byteOf(linear[2])];
  }
}

function byteOf(linear: number): number {
  const held = Math.min(1, Math.max(0, linear));
  return Math.round(255 * (held <= 0.0031308 ? 12.92 * held : 1.055 * held ** (1 / 2.4) - 0.055));
}
