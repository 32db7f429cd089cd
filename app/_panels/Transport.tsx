import { type LucideIcon, Pause, Play, RotateCcw, Square, StepForward } from 'lucide-react';
import { Fragment, lazy, Suspense } from 'react';
import { hasVariety } from '@/lib/catalog/models';
import { allowedCommands, type Command, type RunState } from '@/lib/runs/status';
import { useConnection, usePending, useRoom, useRun } from '../_client/context';
import { useModel } from '../_client/recipe';
import { Button } from '../_ui/Button';
import { useText } from '../_ui/language';

const buttons = {
  train: { label: 'Train', icon: Play, tip: 'Train a fresh model with this recipe' },
  pause: { label: 'Pause', icon: Pause, tip: 'Hold the training where it is' },
  resume: { label: 'Resume', icon: Play, tip: 'Go on training' },
  step: { label: 'Step', icon: StepForward, tip: 'Take one training step' },
  stop: { label: 'Stop', icon: Square, tip: 'End this training and keep its result' },
  reset: { label: 'Reset', icon: RotateCcw, tip: 'Discard this training and its result' },
} as const satisfies Record<Command, { label: string; icon: LucideIcon; tip: string }>;

/** Loaded where there are two networks. */
const StepMenu = lazy(async () => ({ default: (await import('./StepMenu')).StepMenu }));

/** Train, Pause and Resume share one place: only one of them makes sense at a time. */
function primaryOf(state: RunState | null): Command {
  if (state === 'training') return 'pause';
  return state === 'paused' ? 'resume' : 'train';
}

/** What anyone may press; everyone sees the effect. */
export function Transport() {
  const run = useRun();
  const planned = useModel();
  const state = run?.status.state ?? null;
  // A step while paused is the run's, any other one begins a new run.
  const model = run && state === 'paused' ? run.spec.recipe.model : planned;
  const t = useText();
  const commands: Command[] = [primaryOf(state), 'step', 'stop', 'reset'];
  return (
    <fieldset aria-label={t('Transport')} className="flex items-center gap-2">
      {commands.map((command, place) => (
        <Fragment key={place === 0 ? 'primary' : command}>
          <CommandButton command={command} state={state} />
          {command === 'step' && hasVariety(model) && (
            <Suspense>
              <StepMenu />
            </Suspense>
          )}
        </Fragment>
      ))}
    </fieldset>
  );
}

function CommandButton({ command, state }: { command: Command; state: RunState | null }) {
  const room = useRoom();
  const t = useText();
  const pending = usePending();
  const live = useConnection().kind === 'live';
  const { label, icon, tip } = buttons[command];
  const isPrimary = command === primaryOf(state);
  const waiting = state === 'queued' || state === 'starting';
  return (
    <Button
      look={isPrimary ? 'primary' : 'plain'}
      icon={icon}
      busy={pending === command || (isPrimary && waiting)}
      aria-label={t(label)}
      title={t(tip)}
      disabled={!live || pending !== null || !allowedCommands(state).includes(command)}
      onClick={() => void room.command(command)}
      className={isPrimary ? 'w-28 phone:flex-1 short:w-24' : 'max-xl:w-11 max-xl:px-0 short:w-9'}
    >
      <span className={isPrimary ? '' : 'max-xl:hidden'}>{t(label)}</span>
    </Button>
  );
}
