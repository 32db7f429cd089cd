import type { LucideIcon } from 'lucide-react';
import { type ReactNode, type ToggleEvent, useId, useRef, useState } from 'react';

/** Pixels between the card and the button or the window's edge. */
const GAP = 8;

interface PopoverButtonProps {
  icon: LucideIcon;
  label: string;
  /** The id of what the button stands beside. */
  describedBy?: string;
  /** CSS pixels. */
  width: number;
  /** What the card is, for screen readers; a card with controls is a dialog. */
  role?: 'dialog';
  /** The card's content; `isOpen` is false until it is first opened and while it is closed. */
  children(isOpen: boolean): ReactNode;
}

/** A small button that opens a card beside it; the platform closes it on Escape, a click beside it, or another one. */
export function PopoverButton(props: PopoverButtonProps) {
  const { icon: Icon, label, describedBy, width, role, children } = props;
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const place = (event: ToggleEvent<HTMLDivElement>) => {
    if (event.newState !== 'open' || !button.current) return;
    const box = button.current.getBoundingClientRect();
    const above = box.top > innerHeight * 0.6;
    Object.assign(event.currentTarget.style, {
      left: `${Math.max(GAP, Math.min(box.left - GAP, innerWidth - width - GAP))}px`,
      top: above ? 'auto' : `${box.bottom + GAP}px`,
      bottom: above ? `${innerHeight - box.top + GAP}px` : 'auto',
      maxHeight: `${(above ? box.top : innerHeight - box.bottom) - 2 * GAP}px`,
    });
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-label={label}
        aria-describedby={describedBy}
        popoverTarget={id}
        className="grid size-6 shrink-0 place-items-center rounded-md text-ink-faint transition-colors duration-150 hover:bg-sunken hover:text-ink"
      >
        <Icon aria-hidden size={14} />
      </button>
      <div
        id={id}
        popover="auto"
        {...(role && { role, 'aria-label': label })}
        onBeforeToggle={place}
        onToggle={(event) => setOpen(event.newState === 'open')}
        style={{ width: `min(${width}px, calc(100vw - ${2 * GAP}px))` }}
        className="fixed m-0 overflow-y-auto text-left font-normal whitespace-normal rounded-xl border border-line bg-surface p-4 text-sm leading-relaxed text-ink-soft shadow-(--shadow)"
      >
        {children(isOpen)}
      </div>
    </>
  );
}
