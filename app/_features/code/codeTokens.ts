/** Light syntax colouring of Python and JavaScript, without a grammar. */
export type TokenKind = 'comment' | 'string' | 'number' | 'keyword' | 'plain';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const keywords = {
  python:
    'and as assert class def elif else False for from if import in is lambda None not or pass return self True try while with yield',
  javascript:
    'async await break case class const continue else export false for from function if import in let new null of return this throw true typeof undefined while',
} as const;
export type SyntaxId = keyof typeof keywords;

const comments = {
  python: /#[^\n]*/,
  javascript: /\/\/[^\n]*|\/\*[\s\S]*?\*\//,
} as const satisfies Record<SyntaxId, RegExp>;

const STRING = /"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/;
const NUMBER = /(?<![\w.])\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?/;

function patternOf(syntax: SyntaxId): RegExp {
  const words = keywords[syntax].split(' ').join('|');
  const kinds = {
    comment: comments[syntax].source,
    string: STRING.source,
    number: NUMBER.source,
    keyword: `\\b(?:${words})\\b`,
  };
  const groups = Object.entries(kinds).map(([kind, source]) => `(?<${kind}>${source})`);
  return new RegExp(groups.join('|'), 'g');
}

const patterns: Readonly<Record<SyntaxId, RegExp>> = {
  python: patternOf('python'),
  javascript: patternOf('javascript'),
};

function tokensOf(text: string, syntax: SyntaxId): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  const plain = (to: number) => to > end && tokens.push({ kind: 'plain', text: text.slice(end, to) });
  for (const found of text.matchAll(patterns[syntax])) {
    const [kind] = Object.entries(found.groups ?? {}).find(([, value]) => value !== undefined) ?? ['plain'];
    plain(found.index);
    tokens.push({ kind: kind as TokenKind, text: found[0] });
    end = found.index + found[0].length;
  }
  plain(text.length);
  return tokens;
}

/** The tokens of each line; what reaches over several lines is cut at their ends. */
export function tokenLines(text: string, syntax: SyntaxId): Token[][] {
  const lines: Token[][] = [[]];
  for (const { kind, text: whole } of tokensOf(text, syntax))
    whole.split('\n').forEach((part, i) => {
      if (i > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ kind, text: part });
    });
  return lines;
}
