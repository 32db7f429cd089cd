'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { IconButton } from './Button';
import { setTheme, themes, useTheme } from './theme';

const icons = { system: Monitor, light: Sun, dark: Moon };

export function ThemeToggle() {
  const theme = useTheme();
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
  return <IconButton icon={icons[theme]} label={`Theme: ${theme}`} onClick={() => setTheme(next)} />;
}
