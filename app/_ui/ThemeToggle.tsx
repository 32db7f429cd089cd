'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { IconButton } from './Button';
import { useText } from './language';
import { setTheme, themes, useTheme } from './theme';

const icons = { system: Monitor, light: Sun, dark: Moon };

export function ThemeToggle() {
  const theme = useTheme();
  const t = useText();
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
  return <IconButton icon={icons[theme]} label={t(`Theme: ${theme}`)} onClick={() => setTheme(next)} />;
}
