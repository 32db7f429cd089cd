import { useSyncExternalStore } from 'react';
import { onRemembered, remember, remembered } from '@/lib/memory';
import { THEME_KEY } from './themeScript';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

function subscribe(listener: () => void): () => void {
  const stop = onRemembered(THEME_KEY, listener);
  addEventListener(THEME_KEY, listener);
  return () => {
    stop();
    removeEventListener(THEME_KEY, listener);
  };
}

function read(): Theme {
  const kept = remembered(THEME_KEY);
  return themes.find((theme) => theme === kept) ?? 'system';
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, read, () => 'system');
}

/** Applies a theme to this page and to other open ones, and keeps it for the next visit. */
export function setTheme(theme: Theme): void {
  remember(THEME_KEY, theme);
  dispatchEvent(new CustomEvent(THEME_KEY, { detail: theme }));
}
