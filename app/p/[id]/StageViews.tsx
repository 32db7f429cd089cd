import { promiseView, Views } from '@/app/_features/stage/Views';
import type { ModelId } from '@/lib/catalog/models';
import { generatorView, networkView, viewsOf } from './viewsOf';

interface StageViewsProps {
  /** The run's; `null` without one. */
  model: ModelId | null;
  /** Whether somebody brought a generator along. */
  hasGenerator: boolean;
}

/** The views of a run, or of what will be trained, and of a generator of one's own. */
export function StageViews({ model, hasGenerator }: StageViewsProps) {
  const own = hasGenerator ? [generatorView] : [];
  const views = model ? [...viewsOf(model), networkView, ...own] : [...own, networkView, promiseView];
  return <Views key={model} views={views} />;
}
