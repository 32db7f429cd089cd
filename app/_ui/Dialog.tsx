import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { IconButton } from './Button';
import { useText } from './language';

interface DialogProps {
  title: string;
  open: boolean;
  /** For what needs a desk's width. */
  isWide?: boolean;
  onClose(): void;
  children: ReactNode;
}

/** A modal on the platform's own element: focus stays inside, Escape and a click beside it close it. */
export function Dialog({ title, open, isWide = false, onClose, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const t = useText();
  useEffect(() => {
    const dialog = element.current;
    if (open && !dialog?.open) dialog?.showModal();
    if (!open) dialog?.close();
  }, [open]);
  return (
    <dialog
      ref={element}
      aria-labelledby={heading}
      closedby="any"
      onClose={onClose}
      className={`m-auto ${isWide ? 'w-[min(68rem,calc(100vw-2rem))] max-sm:p-4' : 'w-[min(28rem,calc(100vw-2rem))]'} rounded-2xl border border-line bg-surface p-6 text-ink shadow-(--shadow) backdrop:bg-black/40`}
    >
      <header className="mb-4 flex items-center justify-between">
        <h2 id={heading} className="text-lg font-semibold">
          {title}
        </h2>
        <IconButton icon={X} label={t('Close')} onClick={onClose} />
      </header>
      {open && children}
    </dialog>
  );
}
