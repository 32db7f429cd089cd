import { CircleAlert } from 'lucide-react';
import { useSnapshot } from '@/app/_hooks/useSnapshot';
import { type Text, useText } from '@/app/_ui/language';
import { useDiversity } from './useDiversity';

const tell = (t: Text, share: number, found: number | null, classes: number): string =>
  found === null
    ? t('{share} %', { share })
    : t('{share} %, {found} of {classes} classes', { share, found, classes });

/** How varied the samples are against real images: a bar, and how many classes they resemble. */
export function DiversityGauge() {
  const t = useText();
  const { shown, collapsedSince } = useDiversity();
  const classes = useSnapshot('assets')?.classes.length ?? 0;
  const spread = shown?.spread ?? 0;
  const found = shown?.coverage == null ? null : Math.round(shown.coverage * classes);
  const told = shown ? tell(t, Math.round(100 * spread), found, classes) : t('not measured yet');
  return (
    <p
      className="flex items-center gap-2 text-xs text-ink-soft tabular-nums"
      title={t(
        'Spread: the mean distance between two fresh samples, as a share of that between two real images. Classes: of the real images nearest to the samples.',
      )}
    >
      {t('Diversity')}
      <meter aria-label={t('Diversity of the samples')} min={0} max={1} value={spread} className="sr-only">
        {told}
      </meter>
      <span aria-hidden className="h-1.5 w-16 overflow-hidden rounded-full bg-line">
        <span
          className={`block h-full w-full origin-left rounded-full transition-transform duration-150 ${collapsedSince === null ? 'bg-generated' : 'bg-bad'}`}
          style={{ transform: `scaleX(${Math.min(1, spread)})` }}
        />
      </span>
      <span className="font-medium text-ink">{told}</span>
    </p>
  );
}

/** Says that a generator's samples have become alike, for as long as they are. */
export function CollapseWarning() {
  const t = useText();
  const { collapsedSince } = useDiversity();
  return (
    <div role="status" className="pointer-events-none absolute inset-x-0 bottom-0 z-10 flex justify-center">
      {collapsedSince !== null && (
        <p className="flex items-center gap-2 rounded-lg border border-line bg-surface px-3 py-1.5 text-sm shadow-(--shadow)">
          <CircleAlert aria-hidden size={16} className="shrink-0 text-bad" />
          {t('Mode collapse since step {step}: the samples have become alike.', { step: collapsedSince })}
        </p>
      )}
    </div>
  );
}
