import { Undo2 } from 'lucide-react';
import { useRecentReset } from '@/app/_hooks/aside';
import { useConnection, usePending, useRoom } from '@/app/_hooks/context';
import { Button } from '@/app/_ui/Button';
import { Card } from '@/app/_ui/Card';
import { useText } from '@/app/_ui/language';
import { colorOf } from '@/app/_ui/person';

/** Tells all who has reset the run, and offers to bring it back, for a minute. */
export function ResetNotice() {
  const t = useText();
  const room = useRoom();
  const pending = usePending();
  const live = useConnection().kind === 'live';
  const reset = useRecentReset();
  if (!reset) return null;
  const { entry, run, left } = reset;
  const { person, at } = entry;
  const name = () => <strong style={person ? { color: colorOf(person) } : undefined}>{person?.name}</strong>;
  return (
    <Card>
      <p role="status" className="text-sm">
        {t.rich(
          '{name} reset the run at step {step}. It is kept.',
          { name: person?.name ?? '', step: at?.step ?? 0 },
          { name },
        )}
      </p>
      <Button
        variant="primary"
        icon={Undo2}
        busy={pending === 'restore'}
        disabled={!live || pending !== null}
        onClick={() => void room.command('restore', { run })}
      >
        {t('Bring back')}
        <span aria-hidden className="font-normal tabular-nums opacity-70">
          {left}
        </span>
      </Button>
    </Card>
  );
}
