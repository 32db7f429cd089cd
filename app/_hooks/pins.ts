import { useMemo } from 'react';
import type { Edit } from '@/app/_room/document';
import type { Explorer } from '@/lib/catalog/explorers';
import { limits } from '@/lib/protocol/limits';
import {
  addPin,
  drawable,
  type Kept,
  type LatentShape,
  orderAt,
  type Pin,
  pins,
  removePin,
} from '@/lib/room/pins';
import { DocumentError, type RootJson } from '@/lib/room/root';
import { useRoom, useYou } from './context';
import { useShared } from './recipe';

/** What people keep, and what one may do with it. */
export interface Shelf {
  /** In the order of the shelf. */
  readonly pins: readonly Pin[];
  /** Those that the model can draw, in the order of their pictures. */
  readonly drawable: readonly Pin[];
  /** Whether nothing more can be kept. */
  readonly isFull: boolean;
  /** Keeps a latent in this person's name; one step to undo. @param order where it stands, the end if absent. */
  keep(kept: Kept, order?: number): void;
  duplicate(pin: Pin): void;
  remove(pin: Pin): void;
}

function readPins(json: RootJson): readonly Pin[] {
  try {
    return pins.read(json);
  } catch (error) {
    // Two people may have kept the last one at once; the server settles it.
    if (error instanceof DocumentError) return [];
    throw error;
  }
}

/** The numbers of a pin never change: its id stands for them. */
const withoutNumbers = (_: string, value: unknown) => (value instanceof Uint8Array ? value.length : value);

/** The shelf as a model sees it. */
export function useShelf(owner: Explorer, { size, layers }: LatentShape): Shelf {
  const { shared, document } = useRoom();
  const you = useYou();
  const text = useShared((read) => JSON.stringify(read('pins'), withoutNumbers));
  const all = useMemo(
    () => (text === undefined ? [] : (shared.read((read) => readPins(read('pins'))) ?? [])),
    [shared, text],
  );
  return useMemo(() => {
    const change = (edit: Edit) => {
      document.closeUndoStep();
      document.edit(edit);
      document.closeUndoStep();
    };
    const keep = (kept: Kept, order?: number) => {
      if (you) change((doc, origin) => void addPin(doc, kept, you, origin, order));
    };
    return {
      pins: all,
      drawable: drawable(all, owner, { size, layers }),
      isFull: all.length >= limits.pins,
      keep,
      duplicate: ({ order, owner, latent, blend, run, step, name }) => {
        const next = all.find((pin) => pin.order > order);
        keep({ owner, latent, blend, run, step, name }, orderAt(next ? [order, next.order] : [order], 1));
      },
      remove: ({ id }) => change((doc, origin) => removePin(doc, id, origin)),
    };
  }, [all, owner, size, layers, you, document]);
}
