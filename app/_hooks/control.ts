import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Edit } from '@/app/_room/document';
import type { Grip } from '@/app/_ui/grip';
import type { Explorer } from '@/lib/catalog/explorers';
import type { ModelId } from '@/lib/catalog/models';
import type { ProjectionKey } from '@/lib/catalog/projections';
import type { Person } from '@/lib/protocol/messages';
import { type ControlValue, setControl } from '@/lib/room/controls';
import { usePeople, useRoom } from './context';

/** The names of shared controls (lib/room/controls). */
export const controls = {
  title: 'meta/title',
  model: 'recipe/model',
  /** A hyperparameter, or the data set; one layer of a layers parameter. */
  recipe: (model: ModelId, key: string, layer?: number) =>
    layer === undefined ? `recipe/${model}/${key}` : `recipe/${model}/${key}/${layer}`,
  projection: (key: ProjectionKey) => `projection/${key}`,
  pin: (id: string, key: 'name' | 'order') => `pins/${id}/${key}`,
  path: (key: string) => `path/${key}`,
  playhead: 'playhead/at',
  explore: (owner: Explorer, key: string) => `explore/${owner}/${key}`,
} as const;

/** The other person who holds a control, or a part of it; `null` for nobody. */
export function useHolder(control: string): Person | null {
  const { presence } = useRoom();
  const read = () => presence.holderOf(control);
  const holder = useSyncExternalStore(presence.onHold, read, read);
  const people = usePeople();
  return (holder !== null && people.find((person) => person.client === holder)) || null;
}

/** A shared control as this person can move it. */
export interface Control extends Grip<ControlValue> {
  readonly name: string;
  /** The other person who holds it, so that this one can't move it; `null` for nobody. */
  readonly holder: Person | null;
  /** Takes it for a moment, for what this person is about to change. */
  touch(): void;
  /** Makes an edit with an undo step of its own. @returns false if somebody else holds what it changes. */
  change(edit: Edit): boolean;
}

/** The way to move a shared control: by dragging, by keys, by typing, or at once. */
export function useControl(control: string): Control {
  const room = useRoom();
  const holder = useHolder(control);
  const acts = useMemo(() => {
    const { hand, document } = room;
    return {
      take: () => hand.take(control),
      move: (value: ControlValue) => hand.move(control, value),
      release: () => hand.release(control),
      step: (value: ControlValue) => {
        hand.touch(control);
        document.edit((doc, origin) => setControl(doc, control, value, origin));
      },
      change: (edit: Edit) => hand.change(control, edit),
      touch: () => hand.touch(control),
    };
  }, [room, control]);
  useEffect(() => acts.release, [acts]);
  return { ...acts, name: control, holder };
}
