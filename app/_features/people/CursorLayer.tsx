import { lazy, Suspense, useEffect } from 'react';
import { usePeople, useRoom, useYou } from '@/app/_hooks/context';
import { followOwnPlace } from './ownPlace';

/** Nobody else may be here. */
const Cursors = lazy(async () => ({ default: (await import('./Cursors')).Cursors }));

/** Tells the others where one is, and shows where they are. */
export function CursorLayer() {
  const { presence } = useRoom();
  useEffect(() => followOwnPlace(presence.surfaces, (place) => presence.point(place)), [presence]);
  const you = useYou();
  const others = usePeople().filter(({ who }) => who !== you?.who);
  return <Suspense>{you && others.length > 0 && <Cursors people={others} />}</Suspense>;
}
