import { useSyncExternalStore } from 'react';

/** The page's typefaces for texts on a canvas. A new one whenever faces have arrived: what was drawn before lacks them. */
export interface CanvasFont {
  readonly family: string;
}

let known: CanvasFont | null = null;

function read(): CanvasFont {
  known ??= { family: getComputedStyle(document.body).fontFamily };
  return known;
}

function subscribe(listener: () => void): () => void {
  const renew = () => {
    known = null;
    listener();
  };
  document.fonts.addEventListener('loadingdone', renew);
  return () => document.fonts.removeEventListener('loadingdone', renew);
}

const onServer: CanvasFont = { family: 'sans-serif' };

/** Drawing a text with it fetches the faces that the text needs; draw again when it changes. */
export function useCanvasFont(): CanvasFont {
  return useSyncExternalStore(subscribe, read, () => onServer);
}
