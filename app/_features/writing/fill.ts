/** Widths in em of the letters of a model's text, and the height of its lines; as stage.module.css has them. */
const NARROW = 0.6;
const WIDE = 1;
const LINE = 1.6;
/** Letters in a line, at most, and at least where they are large. */
const MOST = 64;
const LEAST = 20;

const isWide = (character: string): boolean =>
  /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Extended_Pictographic}\u3000-\u303f\uff00-\uff60]/u.test(
    character,
  );

const widthOf = (word: string): number => {
  let width = 0;
  for (const character of word) width += isWide(character) ? WIDE : NARROW;
  return width;
};

/** Lines that a text takes where a line is so many em wide, broken between words as the page does. */
function linesOf(words: readonly (readonly number[])[], width: number): number {
  let lines = 0;
  for (const line of words) {
    lines += 1;
    let at = 0;
    for (const word of line) {
      if (at > 0 && at + word > width) {
        lines += 1;
        at = 0;
      }
      // A word that is longer than a line is broken anywhere.
      lines += Math.floor(word / width);
      at += word % width;
    }
  }
  return lines;
}

/**
 * The largest size of letters, in pixels, at which a text fits into a box without scrolling.
 * @param width of the box in pixels. @param least pixels; smaller letters are never needed, one can scroll.
 */
export function fittingSize(text: string, width: number, height: number, least: number): number {
  const words = text.split('\n').map((line) => (line.match(/\s*\S+|\s+$/g) ?? []).map(widthOf));
  const fits = (size: number) => {
    const columns = Math.min(MOST * NARROW, width / size);
    return linesOf(words, columns) * LINE * size <= height;
  };
  let [small, large] = [least, Math.max(least, width / (LEAST * NARROW))];
  if (fits(large)) return large;
  while (large - small > 0.5) {
    const middle = (small + large) / 2;
    if (fits(middle)) small = middle;
    else large = middle;
  }
  return small;
}
