import { useEffect, useReducer } from 'react';
import { Manuscript } from '@/app/_room/manuscript';
import type { Room } from '@/app/_room/room';

/** A text to be written by the playground's model. */
export const manuscriptOf = (room: Room): Manuscript =>
  new Manuscript((request) => room.sample<'text'>(request));

/** Their states; the component renders again when one changes. */
export function useManuscripts(manuscripts: readonly Manuscript[]) {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const ends = manuscripts.map((each) => each.state.subscribe(redraw));
    // One may have changed since it was read.
    redraw();
    return () => {
      for (const end of ends) end();
    };
  }, [manuscripts]);
  return manuscripts.map((each) => each.state.get());
}
