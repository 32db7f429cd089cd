import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { IconButton } from './Button';
import { useText } from './language';

/** Narrower windows have no room beside the recipe. */
const WIDE = '(min-width: 1024px)';

interface SheetProps {
  title: string;
  onClose(): void;
  children: ReactNode;
}

/**
 * Over the stage, with the recipe in reach beside it; on narrow windows a modal over all. Escape closes it while the
 * focus is in it.
 */
export function Sheet({ title, onClose, children }: SheetProps) {
  const t = useText();
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = element.current;
    if (!dialog) return;
    if (matchMedia(WIDE).matches) dialog.show();
    else dialog.showModal();
    return () => dialog.close();
  }, []);
  return (
    <dialog
      ref={element}
      aria-labelledby={heading}
      onClose={onClose}
      onKeyDown={(event) => event.key === 'Escape' && element.current?.close()}
      className="fixed inset-y-0 right-0 left-auto z-30 m-0 h-dvh max-h-none w-full max-w-none flex-col border-l border-line bg-surface text-ink shadow-(--shadow) open:flex lg:top-14 lg:h-[calc(100dvh-3.5rem)] lg:w-[min(52rem,calc(100vw-20rem))]"
    >
      <header className="flex items-center justify-between px-4 pt-3 pb-2">
        <h2 id={heading} className="text-lg font-semibold">
          {title}
        </h2>
        <IconButton icon={X} label={t('Close')} onClick={() => element.current?.close()} />
      </header>
      {children}
    </dialog>
  );
}
