import { ChevronDown } from 'lucide-react';
import { useRef, useState } from 'react';
import { useConnection, usePending, usePresentRun, useRoom } from '@/app/_hooks/context';
import { IconButton } from '@/app/_ui/Button';
import { useText } from '@/app/_ui/language';
import { allowedCommands, type Network, networks } from '@/lib/runs/status';

const items = {
  generator: { label: 'Step the generator only', dot: 'bg-generated' },
  discriminator: { label: 'Step the discriminator only', dot: 'bg-real' },
} as const satisfies Record<Network, { label: string; dot: string }>;

/** Beside Step: which of two networks alone takes the step. Closes with Escape and when the focus leaves. */
export function StepMenu() {
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const room = useRoom();
  const t = useText();
  const isPending = usePending() !== null;
  const live = useConnection().kind === 'live';
  const run = usePresentRun();
  const take = (network: Network) => {
    setOpen(false);
    opener.current?.focus();
    void room.command('step', { network });
  };
  return (
    <fieldset
      className="relative -ml-1"
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setOpen(false);
      }}
      onKeyDown={({ key }) => {
        if (key !== 'Escape' || !open) return;
        setOpen(false);
        opener.current?.focus();
      }}
    >
      <IconButton
        ref={opener}
        variant="plain"
        icon={ChevronDown}
        label={t('Step one network')}
        aria-expanded={open}
        disabled={
          !live ||
          isPending ||
          !allowedCommands(run?.status.state ?? null, run?.weights != null).includes('step')
        }
        onClick={() => setOpen(!open)}
      />
      {open && (
        <ul className="absolute z-30 w-max max-lg:right-0 lg:left-0 rounded-lg border border-line bg-surface p-1 shadow-(--shadow) max-lg:bottom-full max-lg:mb-1 lg:top-full lg:mt-1">
          {networks.map((network) => (
            <li key={network}>
              <button
                type="button"
                onClick={() => take(network)}
                className="flex h-9 w-full items-center gap-2 rounded-md px-3 text-sm hover:bg-sunken"
              >
                <span aria-hidden className={`h-3 w-1 rounded-full ${items[network].dot}`} />
                {t(items[network].label)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  );
}
