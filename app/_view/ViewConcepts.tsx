import { createContext, useContext } from 'react';
import { useAttempts } from '@/app/_hooks/attempt';
import { useRun } from '@/app/_hooks/context';
import { useModel } from '@/app/_hooks/recipe';
import type { Anchor } from '@/lib/concepts/anchors';
import { ConceptMarks } from './ConceptMarks';

/** The view that something stands in, so that its header can explain what one sees there. */
export const ViewAnchor = createContext<Anchor | null>(null);

/** Marks of the concepts that one meets in this view, or at `anchor`. */
export function ViewConcepts({ anchor }: { anchor?: Anchor }) {
  const view = useContext(ViewAnchor);
  const planned = useModel();
  const model = useRun()?.spec.recipe.model ?? planned;
  const attempts = useAttempts(model);
  const at = anchor ?? view;
  return at && <ConceptMarks model={model} anchor={at} {...attempts} />;
}
