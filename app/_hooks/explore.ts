import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { Due } from '@/app/_room/due';
import type { ExploredFrames, WrittenText } from '@/app/_room/frameStore';
import type { Asked } from '@/app/_room/sampling';
import type { Explorer } from '@/lib/catalog/explorers';
import type { Person } from '@/lib/protocol/messages';
import type { Sampler } from '@/lib/protocol/sampling';
import type { PicturedPart } from '@/lib/protocol/topics';
import { setExplored } from '@/lib/room/edit';
import { askedOf, type ExploreEntries } from '@/lib/room/explore';
import type { LatentShape, Pin } from '@/lib/room/pins';
import { type WrittenPart, wishOf, writingOf, writtenParts } from '@/lib/room/written';
import { useFrameStore, usePeople, useRoom } from './context';
import { controls } from './control';
import { useShared } from './recipe';
import { useHasWeights } from './useAsker';
import { useStore } from './useStore';

/** Pictures of one part of what is explored. `pixels`: uint8 [count, height, width, channels], 0 black to 255 white. */
export interface Explored {
  readonly step: number;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly pixels: Uint8Array;
  /** The chosen picture's coding before anybody moved it, float32; empty for other parts. */
  readonly coding: Float32Array;
  /** Of the path: where on it; `null` of other parts. */
  readonly position: number | null;
}

/** The model whose latents are explored: of the run with that id, or the generator with that hash. */
export interface Explorable extends LatentShape {
  readonly owner: Explorer;
  readonly id: string;
}

/**
 * Has the server draw what is explored of a sampler while the page shows it and can be seen.
 * @param parts that are shown besides texts; `null` while nothing is.
 */
export function useLooking(sampler: Sampler, parts: readonly PicturedPart[] | null): void {
  const room = useRoom();
  const text = parts && JSON.stringify(parts);
  useEffect(() => {
    if (text === null) return;
    const look = { sampler, parts: JSON.parse(text) as PicturedPart[] };
    const tell = () => room.look(document.hidden ? null : look);
    tell();
    document.addEventListener('visibilitychange', tell);
    return () => {
      document.removeEventListener('visibilitychange', tell);
      room.look(null);
    };
  }, [room, sampler, text]);
}

/** The document's entries on exploring, and a function that changes those of `owner` for all. */
export function useExplore(owner: Explorer) {
  const { document } = useRoom();
  const text = useShared((read) => JSON.stringify(read('explore')));
  const entries = useMemo((): ExploreEntries => JSON.parse(text ?? '{}'), [text]);
  const change = (changes: Readonly<Record<string, number | string | null>>): void => {
    document.edit((doc, origin) => setExplored(doc, owner, changes, origin));
  };
  return { entries, change };
}

function exploredIn({ header, payload }: NonNullable<ExploredFrames[PicturedPart]>) {
  const { asked, problem = null, coding, place, ...pictures } = header;
  const result = {
    ...pictures,
    position: place?.position ?? null,
    coding: new Float32Array(payload, 0, coding),
    pixels: new Uint8Array(payload, 4 * coding),
  };
  const answer = header.count > 0 ? { question: asked, result } : null;
  return { asked, at: place?.at ?? null, problem, answer };
}

/** The picture at the path's playhead, each at the moment that it is for, by the server's clock: at one time on all pages. */
export function usePlayed({ id }: Pick<Explorable, 'id'>): Asked<string, Explored> {
  const { frames, clock } = useRoom();
  const [shown, show] = useState<ReturnType<typeof exploredIn> | null>(null);
  useEffect(() => {
    const due = new Due<ReturnType<typeof exploredIn>>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let taken: ExploredFrames['played'];
    const turn = () => {
      clearTimeout(timer);
      const next = due.due(clock.now());
      if (next) show(next);
      if (due.next !== null) timer = setTimeout(turn, due.next - clock.now());
    };
    const take = () => {
      const frame = frames.explored.get().played;
      if (!frame || frame === taken || frame.header.run !== id) return;
      taken = frame;
      due.take(exploredIn(frame));
      turn();
    };
    show(null);
    take();
    const end = frames.explored.subscribe(take);
    return () => {
      end();
      clearTimeout(timer);
    };
  }, [frames, clock, id]);
  return { answer: shown?.answer ?? null, problem: shown?.problem ?? null, isBusy: false };
}

/** The newest pictures of a part, and whether they are of what the document says now. */
export function useExplored(
  part: Exclude<PicturedPart, 'played'>,
  { owner, id }: Pick<Explorable, 'owner' | 'id'>,
  entries: ExploreEntries,
  pinned: readonly Pin[] = [],
): Asked<string, Explored> {
  const { explored } = useFrameStore();
  // Of this part alone: the path's comes many times a second.
  const read = () => explored.get()[part];
  const frame = useSyncExternalStore(explored.subscribe, read, read);
  const hasWeights = useHasWeights(owner === 'generator' ? 'generator' : 'run');
  const ids = pinned.map((pin) => pin.id);
  const taken = useMemo(() => {
    return frame?.header.run === id ? exploredIn(frame) : null;
  }, [frame, id]);
  return {
    answer: taken?.answer ?? null,
    problem: taken?.problem ?? null,
    isBusy: hasWeights && taken?.asked !== askedOf(part, entries, owner, ids),
  };
}

/** A text that is written for all, as far as it has come. */
export interface WrittenState {
  readonly text: WrittenText | null;
  readonly isBusy: boolean;
}

/** The texts that a run's model writes for all, by column, and whether they are of what the document says now. */
export function useWritten(
  run: string,
  entries: ExploreEntries,
): Readonly<Record<WrittenPart, WrittenState>> {
  const texts = useStore(useFrameStore().written);
  const hasWeights = useHasWeights();
  const wish = wishOf(entries);
  const states = writtenParts.map((part) => {
    const frame = texts[part];
    const text = frame?.run === run ? frame : null;
    const isAsked = hasWeights && writingOf(part, wish)?.run === run;
    const isAnswered = text?.isDone && text.asked === askedOf(part, entries, 'char-rnn');
    return [part, { text, isBusy: isAsked && !isAnswered }];
  });
  return Object.fromEntries(states);
}

/** Others who are moving an entry of `owner`, by its key. */
export function useMovers(owner: Explorer): ReadonlyMap<string, Person> {
  const { presence } = useRoom();
  const prefix = controls.explore(owner, '');
  const read = () => {
    const held = [...presence.peers.values()].filter(({ hold }) => hold?.control.startsWith(prefix));
    return JSON.stringify(held.map(({ client, hold }) => [hold?.control.slice(prefix.length), client]));
  };
  const text = useSyncExternalStore(presence.onHold, read, read);
  const people = usePeople();
  return useMemo(() => {
    const held: [string, number][] = JSON.parse(text);
    const found = held.flatMap(([key, client]) => {
      const person = people.find((each) => each.client === client);
      return person ? [[key, person] as const] : [];
    });
    return new Map(found);
  }, [text, people]);
}
