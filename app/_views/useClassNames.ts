import { useText } from '../_ui/language';
import { useSnapshot } from './useSnapshot';

/** The function that names the class of one of the run's real pictures, by its index. */
export function useClassNames(): (index: number) => string | undefined {
  const t = useText();
  const assets = useSnapshot('assets');
  return (index) => {
    const name = assets?.classes[assets.labels[index] ?? -1];
    return name && t.foreign(name);
  };
}
