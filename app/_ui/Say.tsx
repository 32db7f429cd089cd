'use client';

import type { PlainMessage } from '@/lib/text/keys';
import { useText } from './language';

/** A text in the person's language, for pages that the server renders. */
export function Say({ text }: { text: PlainMessage }) {
  return useText()(text);
}
