import {
  CircleHelp,
  CirclePlay,
  type LucideIcon,
  Pause,
  Play,
  RotateCcw,
  Square,
  StepForward,
} from 'lucide-react';
import { Fragment, lazy, Suspense } from 'react';
import { useConnection, usePending, usePresentRun, useRoom } from '@/app/_hooks/context';
import { useModel, useRecipe } from '@/app/_hooks/recipe';
import { Button } from '@/app/_ui/Button';
import { useText } from '@/app/_ui/language';
import { PopoverButton } from '@/app/_ui/PopoverButton';
import { familyOf, frozenKey } from '@/lib/catalog/models';
import type { RunView } from '@/lib/protocol/messages';
import { allowedCommands, type Command, isEnded } from '@/lib/runs/status';
import type { PlainMessage } from '@/lib/text/keys';

interface Key {
  readonly command: Command;
  readonly label: PlainMessage;
  /** The label where there is little room. */
  readonly short?: PlainMessage;
  readonly icon: LucideIcon;
  readonly tip: PlainMessage;
}

const keys = {
  train: { command: 'train', label: 'Train', icon: Play, tip: 'Train a fresh model with this recipe' },
  afresh: {
    command: 'train',
    label: 'Train afresh',
    short: 'Afresh',
    icon: CirclePlay,
    tip: 'Train a fresh model with this recipe; the present run is kept as an earlier one',
  },
  pause: { command: 'pause', label: 'Pause', icon: Pause, tip: 'Hold the training where it is' },
  resume: { command: 'resume', label: 'Resume', icon: Play, tip: 'Go on training' },
  goOn: {
    command: 'resume',
    label: 'Continue',
    icon: Play,
    tip: 'Go on training from where the run stands; if all epochs are done, for as many again',
  },
  step: { command: 'step', label: 'Step', icon: StepForward, tip: 'Take one training step' },
  stop: { command: 'stop', label: 'Stop', icon: Square, tip: 'End this training; it can go on later' },
  reset: {
    command: 'reset',
    label: 'Reset',
    icon: RotateCcw,
    tip: 'Put this training aside and begin with an empty stage; it is kept and can be brought back',
  },
} as const satisfies Record<string, Key>;

/** Loaded where there are two networks. */
const StepMenu = lazy(async () => ({ default: (await import('./StepMenu')).StepMenu }));

/** The present run if it has ended and can go on; else `null`. */
const endedOf = (run: RunView | null): RunView | null =>
  run !== null && run.weights !== null && isEnded(run.status.state) ? run : null;

/**
 * Train, Pause, Resume and Continue share the first place; what begins anew beside a run stands last, so that
 * nothing moves.
 */
function keysFor(run: RunView | null): readonly Key[] {
  const { step, stop, reset } = keys;
  if (endedOf(run)) return [keys.goOn, step, stop, reset, keys.afresh];
  if (run?.status.state === 'training') return [keys.pause, step, stop, reset];
  return [run?.status.state === 'paused' ? keys.resume : keys.train, step, stop, reset];
}

/** Whether the recipe is another one than the run's. */
function useIsOther(run: RunView | null): boolean {
  const recipe = useRecipe();
  return run !== null && recipe !== null && frozenKey(recipe) !== frozenKey(run.spec.recipe);
}

/** The buttons of the run, for everyone. */
export function Transport() {
  const run = usePresentRun();
  const planned = useModel();
  const isOther = useIsOther(run);
  // A step of a run that can go on is that run's, any other one begins a new run.
  const ended = endedOf(run);
  const stepped = run?.status.state === 'paused' ? run : ended;
  const model = stepped?.spec.recipe.model ?? planned;
  const t = useText();
  const shown = keysFor(run);
  const urgent = ended && (isOther || ended.status.state === 'failed') ? keys.afresh : shown[0];
  return (
    <fieldset aria-label={t('Transport')} className="flex items-center gap-2 max-sm:gap-1">
      {shown.map((key, place) => (
        <Fragment key={place === 0 ? 'first' : key.label}>
          <CommandButton of={key} run={run} isFirst={place === 0} isPrimary={key === urgent} />
          {key === keys.step && familyOf(model) === 'adversarial' && (
            <Suspense>
              <StepMenu />
            </Suspense>
          )}
        </Fragment>
      ))}
      <PopoverButton icon={CircleHelp} label={t('What these buttons do')} width={320}>
        {() => <Explained shown={shown} />}
      </PopoverButton>
    </fieldset>
  );
}

/** The buttons' help as text, for pointers that can't hover. */
function Explained({ shown }: { shown: readonly Key[] }) {
  const t = useText();
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2">
      {shown.map(({ label, icon: Icon, tip }) => (
        <Fragment key={label}>
          <dt className="flex h-fit items-center gap-2 font-semibold text-ink">
            <Icon aria-hidden size={14} />
            {t(label)}
          </dt>
          <dd>{t(tip)}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

interface CommandButtonProps {
  of: Key;
  run: RunView | null;
  isFirst: boolean;
  isPrimary: boolean;
}

function CommandButton({ of: key, run, isFirst, isPrimary }: CommandButtonProps) {
  const room = useRoom();
  const t = useText();
  const pending = usePending();
  const live = useConnection().kind === 'live';
  const { command, label, short = label, icon, tip } = key as Key;
  const state = run?.status.state ?? null;
  const waiting = state === 'queued' || state === 'starting';
  const isAllowed = allowedCommands(state, run?.weights != null).includes(command);
  return (
    <Button
      variant={isPrimary ? 'primary' : 'plain'}
      icon={icon}
      busy={pending === command || (isFirst && waiting)}
      aria-label={t(label)}
      title={t(tip)}
      data-anchor={`command:${label}`}
      disabled={!live || pending !== null || !isAllowed}
      onClick={() => void (key.label === 'Continue' ? room.goOn() : room.command(command))}
      className={
        isFirst
          ? 'w-28 max-sm:px-2 phone:flex-1 short:w-24 short:px-2 max-[25rem]:[&>svg]:hidden'
          : 'max-xl:w-11 max-xl:flex-col max-xl:gap-0 max-xl:px-0 short:w-9 max-xl:[&>svg]:size-3.5'
      }
    >
      {isFirst ? (
        <span>{t(label)}</span>
      ) : (
        <>
          <span className="max-xl:hidden">{t(label)}</span>
          <span aria-hidden className="text-[0.625rem] leading-3 xl:hidden">
            {t(short)}
          </span>
        </>
      )}
    </Button>
  );
}
