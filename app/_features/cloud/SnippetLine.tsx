import type { Snippet } from './cloudText';

/** A character in its text, in one line; the character itself is marked. */
export function SnippetLine({ snippet, className = '' }: { snippet: Snippet; className?: string }) {
  const { before, character, after } = snippet;
  return (
    <span className={`flex min-w-0 font-mono text-xs whitespace-pre ${className}`}>
      {/* Cut at its beginning: what matters stands beside the character. */}
      <span className="min-w-0 flex-1 overflow-hidden text-right text-ink-soft [direction:rtl]">
        <bdi dir="ltr">{before}</bdi>
      </span>
      <mark className="shrink-0 rounded-xs bg-ink px-px text-paper">{character}</mark>
      <span className="min-w-0 flex-1 overflow-hidden text-left text-ink-soft">{after}</span>
    </span>
  );
}
