import { useSyncExternalStore } from 'react';
import { THEME_KEY } from './themeScript';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

function subscribe(listener: () => void): () => void {
  addEventListener('storage', listener);
  addEventListener(THEME_KEY, listener);
  return () => {
    removeEventListener('storage', listener);
    removeEventListener(THEME_KEY, listener);
  };
}

function read(): Theme {
  const kept = localStorage.getItem(THEME_KEY);
  return themes.find((theme) => theme === kept) ?? 'system';
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, read, () => 'system');
}

/** Applies a theme to this page and to other open ones, and keeps it for the next visit. */
export function setTheme(theme: Theme): void {
  localStorage.setItem(THEME_KEY, theme);
  dispatchEvent(new Event(THEME_KEY));
}
