import { cutText } from '@/lib/text/cut';
import { cleanName } from '@/lib/text/names';

/** A file's name as all see it: without folders, and at most `most` UTF-16 units long. */
export function fileName(given: string, most: number, fallback: string): string {
  return cutText(cleanName(given.replace(/^.*[/\\]/, '')), most).trim() || fallback;
}
