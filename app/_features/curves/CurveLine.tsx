import type { Curve } from './charts';

const colors = { real: 'text-real', generated: 'text-generated' } as const;

/** Samples of the curves' lines for keys and read-outs, as `curveStyle.ts` draws them. */
export const TrainingLine = ({ side = null }: { side?: Curve['side'] }) => (
  <svg
    aria-hidden
    width="22"
    height="8"
    className={`inline-block ${side ? `${colors[side]} max-sm:w-3` : 'text-ink-faint'}`}
  >
    <line x1="0" y1="4" x2="22" y2="4" stroke="currentColor" strokeWidth="2" />
  </svg>
);

export const ValidationLine = () => (
  <svg aria-hidden width="22" height="8" className="inline-block text-ink">
    <line x1="0" y1="4" x2="22" y2="4" stroke="currentColor" strokeWidth="2.5" strokeDasharray="6 2" />
    <circle cx="11" cy="4" r="2.5" fill="var(--paper)" stroke="currentColor" strokeWidth="1.5" />
  </svg>
);
