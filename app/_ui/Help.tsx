import { CircleHelp } from 'lucide-react';
import { type ReactNode, type ToggleEvent, useId, useRef } from 'react';
import { useText } from './language';

/** Pixels of the card's width, and between it and the button or the window's edge. */
const WIDTH = 288;
const GAP = 8;

/** A card that explains the thing called `about`; the platform's popover closes it on Escape or a click beside it. */
export function Help({ about, children }: { about: string; children: ReactNode }) {
  const id = useId();
  const t = useText();
  const button = useRef<HTMLButtonElement>(null);
  const place = (event: ToggleEvent<HTMLDivElement>) => {
    if (event.newState !== 'open' || !button.current) return;
    const box = button.current.getBoundingClientRect();
    const above = box.top > innerHeight * 0.6;
    Object.assign(event.currentTarget.style, {
      left: `${Math.max(GAP, Math.min(box.left - GAP, innerWidth - WIDTH - GAP))}px`,
      top: above ? 'auto' : `${box.bottom + GAP}px`,
      bottom: above ? `${innerHeight - box.top + GAP}px` : 'auto',
    });
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-label={t('Help')}
        aria-describedby={about}
        popoverTarget={id}
        className="grid size-6 place-items-center rounded-md text-ink-faint transition-colors duration-150 hover:bg-sunken hover:text-ink"
      >
        <CircleHelp aria-hidden size={14} />
      </button>
      <div
        id={id}
        popover="auto"
        onBeforeToggle={place}
        style={{ width: WIDTH }}
        className="fixed m-0 rounded-xl border border-line bg-surface p-4 text-sm leading-relaxed text-ink-soft shadow-(--shadow)"
      >
        {children}
      </div>
    </>
  );
}
