import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Errors whose messages people read. */
const told = [
  ...[
    'Refused',
    'SampleRefused',
    'SampleError',
    'UploadRefused',
    'DataProblem',
    'DatasetError',
    'DownloadError',
  ],
  ...['DocumentError', 'ImportedModelError', 'PackError', 'OpeningFailed', 'SampleFailed'],
];
const places = new RegExp(`new (?:${told.join('|')})(?=\\()|\\b(?:error|hint|message): (?=['\`"])`, 'g');

/** The end of the literal that begins at `start`, behind its quote. */
function endOfLiteral(source: string, start: number): number {
  const quote = source[start];
  for (let i = start + 1; i < source.length; i++) {
    if (source[i] === '\\') i += 1;
    else if (source[i] === quote) return i + 1;
    else if (quote === '`' && source.startsWith('${', i)) i = endOfBraces(source, i + 1) - 1;
  }
  throw new Error(`A text that never ends: ${source.slice(start, start + 60)}`);
}

/** The end of what the bracket at `start` encloses, behind the closing one. */
function endOfBraces(source: string, start: number): number {
  let depth = 0;
  for (let i = start; i < source.length; i++) {
    const character = source[i] ?? '';
    if (`'"\``.includes(character)) i = endOfLiteral(source, i) - 1;
    else if ('({['.includes(character)) depth += 1;
    else if (')}]'.includes(character) && --depth === 0) return i + 1;
  }
  throw new Error(`A bracket that never closes: ${source.slice(start, start + 60)}`);
}

/** Every text of a piece of source that isn't within another one: literals, joined where a plus stands between. */
function textsOf(source: string): string[] {
  const found: string[] = [];
  let before = -1;
  for (let i = 0; i < source.length; i++) {
    if (!`'"\``.includes(source[i] ?? '')) continue;
    const end = endOfLiteral(source, i);
    const text = example(source.slice(i, end));
    if (before >= 0 && /^\s*\+\s*$/.test(source.slice(before, i))) found.push(`${found.pop()}${text}`);
    else found.push(text);
    before = end;
    i = end - 1;
  }
  return found;
}

/** An expression as it may read: the first of its wordings if it chooses one, else a number. */
function exampleOf(expression: string): string {
  const choice = expression.indexOf(' ? ');
  return textsOf(expression.slice(Math.max(0, choice)))[0] ?? '7';
}

/** A literal as it may read once it is filled: an expression is one of its own texts, else a number. */
function example(literal: string): string {
  let text = '';
  for (let i = 1; i < literal.length - 1; i++) {
    if (literal[0] === '`' && literal.startsWith('${', i)) {
      const end = endOfBraces(literal, i + 1);
      text += exampleOf(literal.slice(i, end));
      i = end - 1;
    } else if (literal[i] !== '\\') text += literal[i];
  }
  return text;
}

function sourcesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Said where the server is started, to whoever starts it, in English. */
const atTheTerminal = ['server/env.ts', 'server/tools/doctor.ts'];
/** Refusals of generators are keys of a table that has the Korean beside them. */
const tabled = 'server/engine/onnx/';

/** The source with its constant texts in place of their names, where a text is made of them. */
function withConstants(source: string): string {
  const constants = [...source.matchAll(/^const (\w+) =\s*'([^'\n]*)';/gm)];
  return constants.reduce((text, [, name, value]) => text.replaceAll(`\${${name}}`, value ?? ''), source);
}

/** What people may be refused with, as an example each, by the file that says it. */
export function refusals(): { file: string; text: string }[] {
  return ['server', 'lib', 'app'].flatMap(sourcesIn).flatMap((path) => {
    const file = path.slice(root.length);
    if (atTheTerminal.includes(file) || file.startsWith(tabled)) return [];
    const source = withConstants(readFileSync(path, 'utf8'));
    return [...source.matchAll(places)].flatMap(({ 0: match, index }) => {
      const start = index + match.length;
      const end = source[start] === '(' ? endOfBraces(source, start) : endOfLiteral(source, start);
      // A refusal's code is no sentence.
      return textsOf(source.slice(start, end))
        .filter((text) => /[a-z] |[a-z]$/i.test(text) && text.includes(' '))
        .map((text) => ({ file, text }));
    });
  });
}
