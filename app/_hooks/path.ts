import { useEffect, useMemo, useRef, useState } from 'react';
import type { Edit } from '@/app/_room/document';
import {
  alongAt,
  type Course,
  isMoving,
  legsOf,
  type PathWay,
  type Playhead,
  positionAt,
} from '@/lib/explore/path';
import { limits } from '@/lib/protocol/limits';
import { setControl } from '@/lib/room/controls';
import { courseOf, type Path, type PinnedStop, path, stopsAt, wayOf } from '@/lib/room/path';
import { playhead as playheadRoot, playheadText, restingPlayhead } from '@/lib/room/playhead';
import type { Drawer } from '@/lib/room/questions';
import { DocumentError } from '@/lib/room/root';
import { useRoom } from './context';
import { type Control, controls, useControl } from './control';
import type { Explorable, Explored } from './explore';
import type { Shelf } from './pins';
import { useShared } from './recipe';

/** What the document says, or what is there without it while two edits at once have made it wrong. */
function read<T>(content: () => T, without: T): T {
  try {
    return content();
  } catch (error) {
    if (error instanceof DocumentError) return without;
    throw error;
  }
}

const noPath = path.read({});

/** The path as a model can go it. */
export interface Trail {
  readonly path: Path;
  /** Those that the model can draw, in order. */
  readonly stops: readonly PinnedStop[];
  /** How many others there are, of pins of another model. */
  readonly others: number;
  readonly course: Course;
  readonly way: PathWay;
  /** Changes it as one step to undo. */
  change(edit: Edit): void;
}

export function useTrail({ owner }: Explorable, shelf: Shelf): Trail {
  const { document } = useRoom();
  const text = useShared((read) => JSON.stringify(read('path')));
  const all = useMemo(
    () => (text === undefined ? noPath : read(() => path.read(JSON.parse(text)), noPath)),
    [text],
  );
  return useMemo(() => {
    const stops = stopsAt(all, shelf.drawable);
    const here = stopsAt(all, shelf.pins);
    const change = (edit: Edit) => {
      document.closeUndoStep();
      document.edit(edit);
      document.closeUndoStep();
    };
    const course = courseOf(all, stops);
    return { path: all, stops, others: here.length - stops.length, course, way: wayOf(all, owner), change };
  }, [all, shelf, owner, document]);
}

/** The shared playhead, as this person sees and moves it. */
export interface Playback {
  readonly playhead: Playhead;
  readonly control: Control;
  /** Whether it moves; not any more at the end of the path. */
  readonly isPlaying: boolean;
  /** Where it is now, in stops from the first. */
  position(): number;
  play(): void;
  pause(): void;
  /** Where it goes on from, if it moves, or stands. */
  seek(position: number): void;
  /** The value of its control with another speed, in stops a second. */
  atSpeed(speed: number): string;
  /** To hold it and move it; it goes on where it is let go if it moved before. */
  readonly grip: Omit<Control, 'move' | 'step'> & {
    move(position: number): void;
    step(position: number): void;
  };
}

export function usePlayback(course: Course): Playback {
  const { clock } = useRoom();
  const control = useControl(controls.playhead);
  const at = useShared((read) => String(read('playhead').at ?? ''));
  const playhead = useMemo(
    () => (at ? read(() => playheadRoot.read({ at }), restingPlayhead) : restingPlayhead),
    [at],
  );
  const isPlaying = useMoving(course, playhead);
  useEffect(() => clock.follow(), [clock]);
  const wasPlaying = useRef(false);
  const soon = () => Math.round(clock.now() + limits.playAheadMs);
  const { speed } = playhead;
  const text = (position: number, since: number | null) => playheadText({ position, speed, since });
  const along = () => alongAt(course, playhead, clock.now());
  const put = (value: string) =>
    void control.change((doc, origin) => setControl(doc, control.name, value, origin));
  const gone = (position: number) => text(position, isPlaying ? soon() : null);
  return {
    playhead,
    control,
    isPlaying,
    position: () => positionAt(course, playhead, clock.now()),
    play: () => {
      const from = along();
      put(text(course.atEnd === 'stop' && from >= legsOf(course) ? 0 : from, soon()));
    },
    pause: () => put(text(along(), null)),
    seek: (position) => put(gone(position)),
    atSpeed: (next) =>
      playheadText({ position: along(), speed: next, since: isPlaying ? Math.round(clock.now()) : null }),
    grip: {
      ...control,
      step: (position) => control.step(gone(position)),
      take: () => {
        wasPlaying.current = isPlaying;
        control.take();
      },
      move: (position) => control.move(text(position, null)),
      release: () => {
        if (wasPlaying.current) control.move(text(along(), soon()));
        wasPlaying.current = false;
        control.release();
      },
    },
  };
}

/** Whether a playhead moves, until it is at the end. */
function useMoving(course: Course, playhead: Playhead): boolean {
  const { clock } = useRoom();
  const { stops, atEnd } = course;
  const [isOver, setOver] = useState(false);
  const moves = playhead.since !== null && isMoving(course, playhead, clock.now());
  useEffect(() => {
    setOver(false);
    const { position, speed, since } = playhead;
    const legs = legsOf({ stops, atEnd });
    if (since === null || atEnd !== 'stop' || legs === 0) return;
    const end = since + (1000 * (legs - position)) / speed;
    const timer = setTimeout(() => setOver(true), Math.max(0, end - clock.now()));
    return () => clearTimeout(timer);
  }, [playhead, stops, atEnd, clock]);
  return moves && !isOver;
}

/** All that shows a path. */
export interface PathView {
  readonly explorable: Explorable;
  readonly drawer: Drawer;
  readonly shelf: Shelf;
  readonly trail: Trail;
  readonly playback: Playback;
  /** Of the pins that can be drawn, in their order. */
  readonly pictures: Explored | null;
}
