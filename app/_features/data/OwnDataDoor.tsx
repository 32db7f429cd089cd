import { lazy, Suspense, useEffect, useState } from 'react';
import { usePresentRun, useRoom } from '@/app/_hooks/context';
import { useStore } from '@/app/_hooks/useStore';
import { bring, pastedIn } from '@/app/_room/bring';
import type { Dropped, Room } from '@/app/_room/room';
import { useText } from '@/app/_ui/language';
import { isOwn } from '@/lib/catalog/ownData';

/** Loaded when somebody brings something. */
const OwnDataDialog = lazy(async () => ({ default: (await import('./OwnDataDialog')).OwnDataDialog }));

const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false;

/** Folders can be had only while the event lasts. */
const droppedIn = ({ dataTransfer }: DragEvent): Dropped[] =>
  [...(dataTransfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? item.getAsFile() ?? []);

/** Takes files that are dropped anywhere on the page. @returns whether some are held over it. */
function useDrop(room: Room): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (event.defaultPrevented || !hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = ({ relatedTarget }: DragEvent) => relatedTarget === null && setOver(false);
    const drop = (event: DragEvent) => {
      setOver(false);
      if (event.defaultPrevented || !hasFiles(event)) return;
      event.preventDefault();
      void bring(room, droppedIn(event));
    };
    addEventListener('dragover', over);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, [room]);
  return isOver;
}

/** Whether an element takes what is pasted by itself. */
const isField = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('textarea, select, input:not([type=file], [type=range])'));

/** Takes pictures and texts that are pasted anywhere but in a field. */
function usePaste(room: Room): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const { clipboardData: data } = event;
      if (event.defaultPrevented || !data || isField(event.target)) return;
      const pasted = pastedIn({ files: [...data.files], getText: () => data.getData('text/plain') });
      if (pasted.length === 0) return;
      event.preventDefault();
      void bring(room, pasted);
    };
    addEventListener('paste', paste);
    return () => removeEventListener('paste', paste);
  }, [room]);
}

/** Lets data of one's own in, and has grey photographs shown as they are while a run learns from some. */
export function OwnDataDoor() {
  const t = useText();
  const room = useRoom();
  const isOver = useDrop(room);
  usePaste(room);
  const isBringing = useStore(room.bringing) !== null;
  const dataset = usePresentRun()?.spec.recipe.dataset;
  useEffect(() => {
    const { dataset: look } = document.documentElement;
    if (dataset && isOwn(dataset)) look.pictures = 'plain';
    else delete look.pictures;
  }, [dataset]);
  return (
    <>
      {isOver && (
        <p className="pointer-events-none fixed inset-3 z-50 grid place-items-center rounded-2xl border-2 border-dashed border-ink bg-paper/85 text-lg font-semibold">
          <span className="rounded-2xl border border-line bg-surface px-8 py-6 shadow-(--shadow)">
            {t('Drop texts or images to learn from them, or a generator as .onnx')}
          </span>
        </p>
      )}
      <Suspense>{isBringing && <OwnDataDialog />}</Suspense>
    </>
  );
}
