import { ArrowRight, ChartScatter, SlidersHorizontal } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Explored } from '@/app/_hooks/explore';
import { useSnapshot } from '@/app/_hooks/useSnapshot';
import { samplesOf } from '@/app/_room/pictures';
import { Picture } from './Picture';
import styles from './try.module.css';

/** Tiles of what one tries oneself. They show what has come anyway: for a tile alone the model isn't asked. */
function Living({ children }: { children: ReactNode }) {
  return <div className={styles.living}>{children}</div>;
}

/** Where there is no picture to show. */
export function LivingKnobs() {
  return (
    <Living>
      <SlidersHorizontal aria-hidden size={24} strokeWidth={1.5} />
    </Living>
  );
}

/** Where a cloud would be too small. */
export function LivingCloud() {
  return (
    <Living>
      <ChartScatter aria-hidden size={24} strokeWidth={1.5} />
    </Living>
  );
}

/** Where one is on the way, or, once the run has learned more than it had there, its newest sample. */
export function LivingWalk({ explored, t }: { explored: Explored | null; t: number }) {
  const samples = samplesOf(useSnapshot('images'));
  const isNewest = explored !== null && explored.step >= (samples?.step ?? 0);
  return (
    <Living>
      <Picture batch={isNewest ? explored : samples} index={0} />
      <svg aria-hidden viewBox="0 0 32 40" className="h-3/4 text-ink-soft" fill="none" strokeWidth="2">
        {[t, 0.3, 0.7].map((share, i) => (
          <g key={share} transform={`translate(2 ${8 + 12 * i})`} stroke="var(--line-strong)">
            <path d="M0 0H28" />
            <circle cx={28 * share} r="3.5" stroke="currentColor" fill="var(--surface)" />
          </g>
        ))}
      </svg>
    </Living>
  );
}

/** A picture, and what is drawn from its numbers: as somebody has moved them, else as the run draws it now. */
export function LivingCoding({ picture, moved }: { picture: number; moved: Explored | null }) {
  const assets = useSnapshot('assets');
  const drawn = useSnapshot('images');
  return (
    <Living>
      <Picture batch={assets} index={picture} />
      <ArrowRight aria-hidden size={14} className="shrink-0" />
      {moved ? <Picture batch={moved} index={0} /> : <Picture batch={drawn} index={picture} />}
    </Living>
  );
}

/** A sample, and how real the discriminator finds it. */
export function LivingStep() {
  const samples = useSnapshot('images');
  const share = samples?.scores?.[0] ?? 0;
  return (
    <Living>
      <Picture batch={samples} index={0} />
      <ArrowRight aria-hidden size={14} className="shrink-0 text-generated" />
      <span aria-hidden className="relative h-full w-2 overflow-hidden rounded-full bg-line">
        <span
          className="absolute inset-0 origin-bottom bg-real transition-transform duration-200"
          style={{ transform: `scaleY(${share})` }}
        />
      </span>
    </Living>
  );
}
