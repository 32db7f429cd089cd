const segmenter = new Intl.Segmenter();

/** The longest beginning of `text` with at most `most` UTF-16 units that ends between two characters as people see them. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = 0;
  for (const { index, segment } of segmenter.segment(text)) {
    if (index + segment.length > most) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}
