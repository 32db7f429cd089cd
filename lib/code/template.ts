/** What a template takes: several lines keep the indentation of their place, `null` takes its line away. */
type Value = string | number | null;

/** Stands for a value that takes its line away. */
const GONE = '\u0000';

/**
 * Program text without the indentation that all its lines share, and without blank lines around it.
 *
 * Interpolated lines are indented as the place where they stand. Backslashes stay, except those before ` and $, which
 * a template needs.
 */
export function text({ raw }: TemplateStringsArray, ...values: readonly Value[]): string {
  const [first = '', ...rest] = raw.map((part) => part.replaceAll(/\\([`$])/g, '$1'));
  let whole = first;
  values.forEach((value, i) => {
    const indent = /[^\n]*$/.exec(whole)?.[0].match(/^ */)?.[0] ?? '';
    whole += value === null ? GONE : String(value).replaceAll('\n', `\n${indent}`);
    whole += rest[i] as string;
  });
  const lines = whole.split('\n').filter((line) => !line.includes(GONE));
  const used = lines.filter((line) => line.trim() !== '');
  const shared = Math.min(...used.map((line) => line.search(/\S/)));
  return lines
    .map((line) => line.slice(shared).trimEnd())
    .join('\n')
    .replace(/^\n+|\n+$/g, '');
}

/** Lines of a list, one below the other. */
export const lines = (items: readonly (string | null)[]): string =>
  items.filter((item) => item !== null).join('\n');

/** `words` in lines of at most `width` characters. */
export function wrapped(words: string, width: number): string[] {
  const rows: string[] = [];
  for (const word of words.split(/\s+/)) {
    const longer = `${rows.at(-1) ?? ''} ${word}`;
    if (rows.length > 0 && longer.length <= width) rows[rows.length - 1] = longer;
    else rows.push(word);
  }
  return rows;
}
