/** Strengths of the tint; the last one marks characters of at most one chance in `2 ** TINTS`. */
export const TINTS = 6;

/**
 * How surprising a character was, in whole bits up to `TINTS`: 0 for one that was likelier than not.
 * @param probability 0 to 255, as it is sent; 0 stands for less than 1 in 255.
 */
export function surprise(probability: number): number {
  return Math.min(TINTS, Math.floor(-Math.log2(Math.max(1, probability) / 255)));
}

/** Neighbouring characters that are equally surprising. */
export interface TintedRun {
  readonly start: number;
  readonly text: string;
  readonly bits: number;
}

/** @param probabilities uint8, one for each character (code point) of `text`. */
export function tintedRuns(text: string, probabilities: Uint8Array): TintedRun[] {
  const runs: TintedRun[] = [];
  for (const [i, character] of [...text].entries()) {
    const bits = surprise(probabilities[i] ?? 255);
    const last = runs.at(-1);
    if (last?.bits === bits) runs[runs.length - 1] = { ...last, text: last.text + character };
    else runs.push({ start: i, text: character, bits });
  }
  return runs;
}

/** The background of a character: the generated side's colour, weak enough to read any ink on it. */
export const tint = (bits: number): string =>
  `color-mix(in srgb, var(--generated) ${Math.round((36 * bits) / TINTS)}%, transparent)`;

/** Steps of a unit's heat to either side. */
export const HEATS = 8;

/** Neighbouring characters of the same heat. */
export function heatRuns(text: string, activations: ArrayLike<number>) {
  const runs: { readonly start: number; text: string; readonly level: number }[] = [];
  for (const [i, character] of [...text].entries()) {
    const level = Math.round(HEATS * (activations[i] ?? 0)) || 0;
    const last = runs.at(-1);
    if (last?.level === level) last.text += character;
    else runs.push({ start: i, text: character, level });
  }
  return runs;
}

/** The background of a heat from -HEATS to HEATS: the pair's one colour below zero, the other above; any ink can be read on it. */
export const heat = (level: number): string =>
  `color-mix(in srgb, var(${level < 0 ? '--real' : '--generated'}) ${Math.round((48 * Math.abs(level)) / HEATS)}%, transparent)`;
