'use client';

import { languageAfter, languages } from '@/lib/text/languages';
import { setLanguage, useText } from './language';

/** Names the language that it switches to, in that language: one finds one's way back. Presses go through all of them. */
export function LanguageSwitch() {
  const { language } = useText();
  const id = languageAfter(language);
  const { name, short } = languages[id];
  return (
    <button
      type="button"
      lang={id}
      aria-label={name}
      title={name}
      onClick={() => setLanguage(id)}
      className="grid size-9 shrink-0 place-items-center rounded-lg text-sm font-medium text-ink-soft transition-colors duration-150 hover:bg-sunken hover:text-ink"
    >
      <span aria-hidden>{short}</span>
    </button>
  );
}
