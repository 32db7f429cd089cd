import { memo } from 'react';
import { TINTS, tint, tintedRuns } from './tint';

interface TintedTextProps {
  text: string;
  /** uint8, one a character, 255 certain. */
  probabilities: Uint8Array;
}

/** A model's text, every character the more coloured the less it was to be expected. */
export const TintedText = memo(function TintedText({ text, probabilities }: TintedTextProps) {
  return tintedRuns(text, probabilities).map((run) => (
    <span key={run.start} style={run.bits > 0 ? { background: tint(run.bits) } : undefined}>
      {run.text}
    </span>
  ));
});

/** What the tint means. */
export function TintLegend() {
  return (
    <p className="flex items-center gap-2 text-xs text-ink-soft">
      Expected
      <span aria-hidden className="flex overflow-hidden rounded-sm border border-line">
        {Array.from({ length: TINTS + 1 }, (_, bits) => (
          <span key={tint(bits)} className="h-3 w-3" style={{ background: tint(bits) }} />
        ))}
      </span>
      surprising
    </p>
  );
}
