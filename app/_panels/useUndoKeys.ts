import { useEffect } from 'react';
import { useRoom } from '../_client/context';

/** Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y; Cmd on a Mac) take back and redo one's own edits of the document. */
export function useUndoKeys(): void {
  const { document: shared } = useRoom();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      // Texts that aren't in the document keep the browser's own undo.
      if (event.target instanceof Element && event.target.closest('[data-own-undo]')) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      if (key === 'y' || event.shiftKey) shared.redo();
      else shared.undo();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [shared]);
}
