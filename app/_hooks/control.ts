import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Edit } from '@/app/_room/document';
import type { Grip } from '@/app/_ui/grip';
import type { ModelId } from '@/lib/catalog/models';
import type { ProjectionKey } from '@/lib/catalog/projections';
import type { Person } from '@/lib/protocol/messages';
import { type ControlValue, setControl } from '@/lib/room/controls';
import type { Explorer } from '@/lib/room/explore';
import { usePeople, useRoom } from './context';

/** The names of shared controls (lib/room/controls). */
export const controls = {
  title: 'meta/title',
  model: 'recipe/model',
  /** A hyperparameter, or the data set; one layer of a layers parameter. */
  recipe: (model: ModelId, key: string, layer?: number) =>
    layer === undefined ? `recipe/${model}/${key}` : `recipe/${model}/${key}/${layer}`,
  projection: (key: ProjectionKey) => `projection/${key}`,
  explore: (owner: Explorer, key: string) => `explore/${owner}/${key}`,
} as const;

/** Somebody else who holds a control at this moment, or a part of it. */
export function useHolder(control: string): Person | null {
  const { presence } = useRoom();
  const read = () => presence.holderOf(control);
  const holder = useSyncExternalStore(presence.onHold, read, read);
  const people = usePeople();
  return (holder !== null && people.find((person) => person.client === holder)) || null;
}

/** A shared control in this person's hand. */
export interface Control extends Grip<ControlValue> {
  readonly name: string;
  /** Somebody else who holds it; then it doesn't follow this person. */
  readonly holder: Person | null;
  /** Holds it a moment, for what this person changes now. */
  touch(): void;
  /** A change at once, a step to undo of its own. @returns whether it could be made: somebody may hold what it changes. */
  change(edit: Edit): boolean;
}

/** One way to hold a shared control: to drag it, to step it by keys, to type into it, to change it at once. */
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
