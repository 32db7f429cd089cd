import { memo } from 'react';
import { heat, heatRuns } from '@/app/_view/tint';

/** A text tinted by one unit's activation after each character, -1 to 1. */
export const HeatText = memo(function HeatText({
  text,
  activations,
}: {
  text: string;
  activations: Float32Array;
}) {
  return heatRuns(text, activations).map(({ start, text: run, level }) => (
    <span key={start} style={level === 0 ? undefined : { background: heat(level) }}>
      {run}
    </span>
  ));
});
