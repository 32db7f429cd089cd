import { CircleAlert, Hourglass } from 'lucide-react';
import { useConnection, usePresentRun, useRoom } from '@/app/_hooks/context';
import { useModel } from '@/app/_hooks/recipe';
import { Button } from '@/app/_ui/Button';
import { Card } from '@/app/_ui/Card';
import { type Text, useText } from '@/app/_ui/language';
import { fixed } from '@/app/_ui/numbers';
import { datasetOf } from '@/lib/catalog/datasets';
import { defaultDatasetFor } from '@/lib/catalog/models';
import { setDataset } from '@/lib/room/edit';
import type { Failure, Progress } from '@/lib/runs/status';

/** What everyone waits for or should know about the run; lies over the stage, so that nothing moves. */
export function RunNotice() {
  const t = useText();
  const status = usePresentRun()?.status;
  switch (status?.state) {
    case 'queued':
      return (
        <Card>
          <Hourglass aria-hidden size={20} className="shrink-0 text-ink-soft" />
          <p className="text-sm">
            {t.rich(
              'Waiting for a free worker: place {place} in the queue.',
              { place: status.place },
              { place: (place) => <strong className="tabular-nums">{place}</strong> },
            )}
          </p>
        </Card>
      );
    case 'starting':
      return (
        <Card>
          <StartProgress progress={status.progress} />
        </Card>
      );
    case 'failed':
      return (
        <Card urgent>
          <FailureNotice failure={status.failure} />
        </Card>
      );
    default:
      return null;
  }
}

/** "12.3 of 30.9 MB", "2,000 of 6,000 images". */
function amount({ done, total, unit }: Progress, t: Text): string {
  if (done === undefined) return '';
  const format = (value: number) => (unit === 'bytes' ? fixed(value / 1e6, 1) : t.number(Math.round(value)));
  const name = unit === 'bytes' ? 'MB' : unit === undefined ? '' : t(unit);
  const shown =
    total === undefined ? format(done) : t('{done} of {total}', { done: format(done), total: format(total) });
  return `${shown} ${name}`.trim();
}

function StartProgress({ progress }: { progress: Progress }) {
  const t = useText();
  const { label, done, total } = progress;
  return (
    <div className="w-80 max-w-full">
      <p className="flex justify-between gap-4 text-sm">
        <span>{t.say(label)}</span>
        <span className="shrink-0 text-ink-soft tabular-nums">{amount(progress, t)}</span>
      </p>
      <progress
        aria-label={t.say(label)}
        className="mt-3 block h-1 w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-ink [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-ink"
        {...(done !== undefined && total ? { value: done, max: total } : {})}
      />
    </div>
  );
}

function FailureNotice({ failure }: { failure: Failure }) {
  const t = useText();
  const room = useRoom();
  const model = useModel();
  const live = useConnection().kind === 'live';
  /** Made by the server itself, so it can't be missing. */
  const fallback = defaultDatasetFor(model);
  const switchToFallback = () => {
    room.document.closeUndoStep();
    room.document.edit((doc, origin) => setDataset(doc, model, fallback, origin));
    room.document.closeUndoStep();
    void room.outbox.saved().then(() => room.command('train'));
  };
  return (
    <>
      <CircleAlert aria-hidden size={20} className="shrink-0 text-bad" />
      <div className="min-w-0 text-sm wrap-break-word">
        <p className="font-medium">{t.say(failure.message)}</p>
        <p className="mt-1 text-ink-soft">{t.say(failure.hint)}</p>
      </div>
      {(failure.code === 'download' || failure.code === 'dataset') && (
        <Button variant="primary" disabled={!live} onClick={switchToFallback}>
          {t('Use {name} instead', { name: t(datasetOf(fallback).label) })}
        </Button>
      )}
    </>
  );
}
