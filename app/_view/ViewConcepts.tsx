import { createContext, useContext } from 'react';
import { useAttempts } from '@/app/_hooks/attempt';
import { useRun } from '@/app/_hooks/context';
import { useModel } from '@/app/_hooks/recipe';
import type { Place } from '@/lib/concepts/anchors';
import { ConceptMarks } from './ConceptMarks';

/** The view that something stands in, so that its header can explain what one sees there. */
export const ViewPlace = createContext<Place | null>(null);

/** Marks of the concepts that one meets in this view, or at `place`. */
export function ViewConcepts({ place }: { place?: Place }) {
  const view = useContext(ViewPlace);
  const planned = useModel();
  const model = useRun()?.spec.recipe.model ?? planned;
  const attempts = useAttempts(model);
  const at = place ?? view;
  return at && <ConceptMarks model={model} place={at} {...attempts} />;
}
