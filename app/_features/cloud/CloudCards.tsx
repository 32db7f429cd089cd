import { useEffect, useState } from 'react';
import { useSnapshot } from '@/app/_hooks/useSnapshot';
import type { CloudHit } from './cloudMath';
import type { CloudScene } from './cloudScene';
import { NeighbourCard } from './NeighbourCard';
import { PointCard } from './PointCard';
import { useSubjects } from './useSubjects';

interface CloudCardsProps {
  scene: CloudScene | null;
  hasThumbnails: boolean;
  hit: CloudHit | null;
  chosen: number | null;
  onChoose(index: number | null): void;
  /** Called with the points to be shown alone, `null` for all. A stable function. */
  onAlone(points: readonly number[] | null): void;
}

/** The subjects of the cloud's points: pictures in the cloud, and a card for a point that is hovered or chosen. */
export function CloudCards({ scene, hasThumbnails, hit, chosen, onChoose, onAlone }: CloudCardsProps) {
  const cloud = useSnapshot('points');
  const assets = useSnapshot('assets');
  const subjects = useSubjects(hasThumbnails || hit !== null || chosen !== null);
  const [neighbours, setNeighbours] = useState({ k: 10, isIsolated: false });
  const shown = hasThumbnails ? subjects.pictures : null;
  useEffect(() => scene?.setPictures(shown), [scene, shown]);
  if (!cloud) return null;
  return (
    <>
      {hit && hit.index < cloud.count && (
        <PointCard cloud={cloud} assets={assets} subjects={subjects} hit={hit} />
      )}
      {chosen !== null && chosen < cloud.count && (
        <NeighbourCard
          cloud={cloud}
          assets={assets}
          subjects={subjects}
          index={chosen}
          {...neighbours}
          onCount={(k) => setNeighbours({ ...neighbours, k })}
          onIsolated={(isIsolated) => setNeighbours({ ...neighbours, isIsolated })}
          onChoose={onChoose}
          onIsolate={onAlone}
        />
      )}
    </>
  );
}
