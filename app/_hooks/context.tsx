'use client';

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { gather } from '@/app/_room/people';
import { Room } from '@/app/_room/room';
import { useStore } from './useStore';

const RoomContext = createContext<Room | null>(null);

/** Opens the playground's room for everything inside, and closes it on leaving. */
export function RoomProvider({ playground, children }: { playground: string; children: ReactNode }) {
  const [room] = useState(() => new Room(playground));
  useEffect(() => {
    // A page that nobody can see draws nothing, asks for nothing and points nowhere.
    const rest = () => {
      room.frames.watching.rest(document.hidden);
      room.presence.rest(document.hidden);
    };
    rest();
    room.open();
    document.addEventListener('visibilitychange', rest);
    return () => {
      document.removeEventListener('visibilitychange', rest);
      room.close();
    };
  }, [room]);
  return <RoomContext value={room}>{children}</RoomContext>;
}

export function useRoom(): Room {
  const room = useContext(RoomContext);
  if (!room) throw new Error('Expected a RoomProvider around this component');
  return room;
}

/** The streamed metrics, images and points, outside React. */
export const useFrameStore = () => useRoom().frames;
/** The activity log, oldest first. */
export const useLog = () => useStore(useRoom().log);
export const usePeople = () => useStore(useRoom().people);
/** Everyone here once, this page's own person first. */
export function useGathered() {
  const people = usePeople();
  const you = useYou();
  return useMemo(() => gather(people, you), [people, you]);
}
/** The person at this page; `null` until joined. */
export const useYou = () => useStore(useRoom().you);
/** The run that the views show: the playground's, or the one whose past this person looks at; `null` for none. */
export const useRun = () => useStore(useRoom().run);
/** The playground's run as all see it, which commands and samples are about; `null` before the first and after a reset. */
export const usePresentRun = () => useStore(useRoom().present);
/** The generator that somebody brought along; `null` without one. */
export const useGenerator = () => useStore(useRoom().generator);
/** The data sets that people brought into this playground. */
export const useOwnData = () => useStore(useRoom().ownData);
export const useConnection = () => useStore(useRoom().connection.state);
/** The command that waits for the server's answer. */
export const usePending = () => useStore(useRoom().pending);
