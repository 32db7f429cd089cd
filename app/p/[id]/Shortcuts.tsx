import { lazy, Suspense, useEffect } from 'react';
import { useRoom } from '@/app/_hooks/context';
import { useStore } from '@/app/_hooks/useStore';
import type { Room } from '@/app/_room/room';
import { isWritten, keyOf } from '@/app/_ui/keys';

/** Loaded when somebody asks for it. */
const ShortcutList = lazy(async () => ({ default: (await import('./ShortcutList')).ShortcutList }));

/** A text field's own undo goes before; of those that hold nothing typed (`data-shared-undo`) it has none. */
const undoesItself = (target: EventTarget | null) =>
  isWritten(target) && !(target as HTMLElement).matches('[data-shared-undo]');

/** @returns what a key pressed anywhere on the page does; `null` for nothing. */
function deedOf(event: KeyboardEvent, room: Room): (() => void) | null {
  if (event.defaultPrevented || event.altKey || event.isComposing) return null;
  const key = keyOf(event);
  if (!event.ctrlKey && !event.metaKey)
    return key === '?' && !isWritten(event.target) ? () => room.listsShortcuts.set(true) : null;
  if ((key !== 'z' && key !== 'y') || undoesItself(event.target)) return null;
  return key === 'y' || event.shiftKey ? () => room.document.redo() : () => room.document.undo();
}

/** Keys that work everywhere on the page: Undo and Redo of one's own edits of the document, and `?` for a list of all. */
export function Shortcuts() {
  const room = useRoom();
  const isOpen = useStore(room.listsShortcuts);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const deed = deedOf(event, room);
      if (!deed) return;
      event.preventDefault();
      deed();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [room]);
  return <Suspense>{isOpen && <ShortcutList onClose={() => room.listsShortcuts.set(false)} />}</Suspense>;
}
