'use client';

import { setLanguage, useText } from './language';

/** Each in its own language: one finds one's way back. The short ones are drawn in any font. */
const names = [
  { id: 'en', short: 'EN', long: 'English' },
  { id: 'ko', short: 'KO', long: '한국어' },
] as const;

/** Names the language that it switches to. */
export function LanguageSwitch() {
  const { language } = useText();
  const at = names.findIndex(({ id }) => id === language);
  const { id, short, long } = names[at + 1] ?? names[0];
  return (
    <button
      type="button"
      lang={id}
      aria-label={long}
      title={long}
      onClick={() => setLanguage(id)}
      className="grid size-9 shrink-0 place-items-center rounded-lg text-sm font-medium text-ink-soft transition-colors duration-150 hover:bg-sunken hover:text-ink"
    >
      <span aria-hidden>{short}</span>
    </button>
  );
}
