import { useSnapshot } from './useSnapshot';

/** The function that names the class of one of the run's real pictures, by its index. */
export function useClassNames(): (index: number) => string | undefined {
  const assets = useSnapshot('assets');
  return (index) => assets?.classes[assets.labels[index] ?? -1];
}
