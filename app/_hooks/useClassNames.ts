import { useText } from '@/app/_ui/language';
import { classNamed } from '@/lib/catalog/classNames';
import { isOwn } from '@/lib/catalog/ownData';
import { useRun } from './context';
import { useSnapshot } from './useSnapshot';

/** The function that puts a class's name into the person's language; folders of people's own data keep theirs. */
export function useClassText(): (name: string) => string {
  const t = useText();
  const dataset = useRun()?.spec.recipe.dataset;
  const own = useSnapshot('assets')?.classes;
  return (name) =>
    t.say(classNamed(name, dataset !== undefined && isOwn(dataset) && (own?.includes(name) ?? false)));
}

/** The function that names the class of one of the run's real pictures, by its index. */
export function useClassNames(): (index: number) => string | undefined {
  const text = useClassText();
  const assets = useSnapshot('assets');
  return (index) => {
    const name = assets?.classes[assets.labels[index] ?? -1];
    return name && text(name);
  };
}
