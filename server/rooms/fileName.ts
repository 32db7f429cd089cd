import { cleanName, cutName } from '@/lib/names';

/** A file's name as all see it: without folders, and at most `most` UTF-16 units long. */
export function fileName(given: string, most: number, fallback: string): string {
  return cutName(cleanName(given.replace(/^.*[/\\]/, '')), most) || fallback;
}
