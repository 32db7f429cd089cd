import type { GeneratorField } from '@/lib/protocol/generator';
import { limits } from '@/lib/protocol/limits';
import { cutText } from '@/lib/text/cut';
import { cleanName } from '@/lib/text/names';
import type { Model } from './modelFile';

/** Keys of `metadata_props` under which exporters name classes, as `plain` has them; Ultralytics' is `names`. */
const keys = new Set([
  ...['names', 'classnames', 'classes', 'classlabels', 'labelnames', 'labels', 'categories'],
  ...['id2label', 'idxtoclass', 'indextoclass', 'label2id', 'classtoidx', 'classtoindex'],
]);
const plain = (key: string): string => key.toLowerCase().replace(/[^a-z0-9]/g, '');

/** UTF-16 units of a value that is read at most: more than all names together may have. */
const mostText = 2 * limits.generatorClasses * limits.generatorClassName;

/** What a backslash and these letters stand for in Python and JSON; others stand for themselves. */
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

const unescaped = (text: string): string =>
  text.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))/gs,
    (_, two, four, eight, one) => {
      if (one !== undefined) return escapes[one] ?? one;
      const code = Number.parseInt(two ?? four ?? eight, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '';
    },
  );

/**
 * Tokens in which a Python literal differs from JSON: texts, numbers as keys, constants, tuples, last commas. A text
 * that nobody ends goes to the end, so that none is searched twice.
 */
const pythonic =
  /'((?:[^'\\]|\\.?)*)(?:'|$)|"((?:[^"\\]|\\.?)*)(?:"|$)|\b(\d+)(?=\s*:)|\b(?:None|True|False)\b|[()]|,(?=\s*[\])}])/gs;

/** A Python or JSON literal as JSON. What is neither becomes no JSON either. */
const asJson = (text: string): string =>
  text.replace(pythonic, (token, single, double, key) => {
    if (single !== undefined || double !== undefined) return JSON.stringify(unescaped(single ?? double));
    if (key !== undefined) return `"${key}"`;
    return { '(': '[', ')': ']' }[token as string] ?? (token === ',' ? '' : 'null');
  });

type Entry = readonly [index: string | number, name: unknown];

/** Entries of a literal: a list, numbers to names, or names to numbers. Null if it is none. */
function literalEntries(text: string): readonly Entry[] | null {
  let literal: unknown;
  try {
    literal = JSON.parse(asJson(text));
  } catch {
    return null;
  }
  if (typeof literal !== 'object' || literal === null) return null;
  if (Array.isArray(literal)) return literal.map((name, i) => [i, name]);
  const entries = Object.entries(literal);
  const isInverted = entries.every(([key, value]) => typeof value === 'number' && !/^\d+$/.test(key));
  return isInverted ? entries.map(([name, index]) => [index, name]) : entries;
}

/** Entries of a plain text, a line each or between semicolons or commas, with or without their numbers before them. */
function listedEntries(text: string): readonly Entry[] {
  const separator = ['\n', ';', ','].find((each) => text.trim().includes(each)) ?? ',';
  const parts = text.trim().split(separator);
  const numbered = parts.map((part) => /^\s*(\d+)\s*[:=\t](.*)$/s.exec(part));
  if (numbered.every((found) => found !== null)) return numbered.map(([, index = '', name]) => [index, name]);
  return parts.map((name, i) => [i, name]);
}

/** Names by their numbers, '' for classes without one; none if these are no names of at least two classes. */
function namesOf(text: string): string[] {
  if (text.length > mostText) return [];
  const isLiteral = /^\s*[[{(]/.test(text);
  const entries = isLiteral ? (literalEntries(text) ?? []) : listedEntries(text);
  const names: string[] = [];
  for (const [index, name] of entries) {
    const at = Number(index);
    const isText = name === null || typeof name === 'string' || typeof name === 'number';
    if (!isText || !Number.isInteger(at) || at < 0 || at >= limits.generatorClasses) return [];
    names[at] = cutText(cleanName(String(name ?? '')), limits.generatorClassName);
  }
  const known = names.filter((name) => name);
  return known.length > 1 ? Array.from(names, (name) => name ?? '') : [];
}

/**
 * What a file's metadata call its classes, in the order of their numbers: NFC, without what can't be seen, cut to
 * `limits.generatorClassName`; '' for a class without a name. None if no entry names classes. Exporters write Python
 * or JSON literals (`{0: 'cat', 1: 'dog'}`, `["cat", "dog"]`, `{"cat": 0}`), or plain lists.
 */
export function classNames({ metadataProps }: Pick<Model, 'metadataProps'>): readonly string[] {
  for (const { key, value } of metadataProps) {
    const names = keys.has(plain(key)) ? namesOf(value) : [];
    if (names.length > 0) return names;
  }
  return [];
}

/**
 * The fields with the names of their classes: those that have as many classes, or one more, which stands for no class
 * where a model is guided without a classifier (Ho and Salimans 2022).
 */
export function withClassNames(
  fields: readonly GeneratorField[],
  names: readonly string[],
): GeneratorField[] {
  const isMeant = ({ kind, most }: GeneratorField) =>
    names.length > 0 && kind === 'class' && (most + 1 === names.length || most === names.length);
  return fields.map((field) => (isMeant(field) ? { ...field, classNames: [...names] } : field));
}
