import { useEffect, useMemo, useRef } from 'react';
import { changedLines } from './changedLines';
import { type SyntaxId, type Token, type TokenKind, tokenLines } from './codeTokens';

const looks: Readonly<Record<TokenKind, string>> = {
  comment: 'text-ink-faint italic',
  string: 'text-good',
  number: 'font-semibold text-(--person-4)',
  keyword: 'font-semibold',
  plain: '',
};

/** On a mark's ground colours would be too faint to read. */
const markedLooks: Readonly<Record<TokenKind, string>> = {
  ...looks,
  comment: 'text-ink-soft italic',
  string: '',
  number: 'font-semibold',
};

/** Scrolled by keys, too. */
const scrollable = { tabIndex: 0 };

interface CodeLinesProps {
  label: string;
  text: string;
  /** What it was before the last edit. */
  before: string;
  syntax: SyntaxId;
}

/** A program's text; lines that the last edit changed are marked and brought into sight. */
export function CodeLines({ label, text, before, syntax }: CodeLinesProps) {
  const box = useRef<HTMLElement>(null);
  const lines = useMemo(
    () => tokenLines(text, syntax).map((tokens, i) => ({ number: i + 1, tokens })),
    [text, syntax],
  );
  const marks = useMemo(() => new Set(changedLines(before.split('\n'), text.split('\n'))), [before, text]);
  useEffect(() => {
    if (marks.size > 0) box.current?.querySelector('[data-changed]')?.scrollIntoView({ block: 'nearest' });
  }, [marks]);
  return (
    <section
      ref={box}
      aria-label={label}
      {...scrollable}
      className="min-h-0 flex-1 overflow-auto overscroll-contain bg-paper font-mono text-[0.8125rem] leading-5"
    >
      <pre className="w-max min-w-full py-3">
        <code>
          {lines.map(({ number, tokens }) => (
            <Line key={number} number={number} tokens={tokens} isChanged={marks.has(number - 1)} />
          ))}
        </code>
      </pre>
    </section>
  );
}

interface LineProps {
  number: number;
  tokens: readonly Token[];
  isChanged: boolean;
}

/** Scrolled into sight with some lines around it. */
function Line({ number, tokens, isChanged }: LineProps) {
  let column = 0;
  return (
    <span
      data-changed={isChanged || undefined}
      className={`flex scroll-my-20 border-l-4 pr-6 transition-colors duration-200 ${
        isChanged
          ? 'border-(--person-5) bg-[color-mix(in_srgb,var(--person-5)_16%,transparent)]'
          : 'border-transparent'
      }`}
    >
      <span
        aria-hidden
        className={`w-11 shrink-0 pr-4 text-right select-none ${isChanged ? 'text-ink-soft' : 'text-ink-faint'}`}
      >
        {number}
      </span>
      <span className="whitespace-pre">
        {tokens.map(({ kind, text }) => {
          column += text.length;
          return (
            <span key={column} className={(isChanged ? markedLooks : looks)[kind]}>
              {text}
            </span>
          );
        })}
        {'\n'}
      </span>
    </span>
  );
}
