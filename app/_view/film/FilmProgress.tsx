import { Button } from '@/app/_ui/Button';
import { useText } from '@/app/_ui/language';

interface FilmProgressProps {
  readonly label: string;
  /** How much of it is done, 0 to 1. */
  readonly share: number;
  onCancel(): void;
}

/** How far the making of a film is. */
export function FilmProgress({ label, share, onCancel }: FilmProgressProps) {
  const t = useText();
  return (
    <div className="flex h-9 items-center gap-3">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuenow={Math.round(100 * share)}
        className="h-1 min-w-0 flex-1 overflow-hidden rounded-full bg-line"
      >
        <div className="h-full origin-left bg-ink" style={{ transform: `scaleX(${share})` }} />
      </div>
      <span className="w-[5ch] text-right font-mono text-sm">{t.number(share, { style: 'percent' })}</span>
      <Button onClick={onCancel}>{t('Cancel')}</Button>
    </div>
  );
}
