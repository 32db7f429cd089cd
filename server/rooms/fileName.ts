/** A file's name as all see it: without folders and control characters, and at most `most` characters long. */
export function fileName(given: string, most: number, fallback: string): string {
  const name = given
    .replace(/^.*[/\\]/, '')
    .replace(/\p{C}/gu, '')
    .trim();
  return name.slice(0, most).trim() || fallback;
}
