'use client';

import { type ComponentProps, type MouseEvent, useState } from 'react';
import { createPlayground, presetPath } from './openPlayground';

interface PresetLinkProps extends Omit<ComponentProps<'a'>, 'href' | 'onClick'> {
  preset: string;
  /** Chooses the preset where one is; without it, a playground of its own is opened. */
  onChoose?(): void;
}

/** A press with nothing held, which isn't meant for another tab. */
const isPlain = (event: MouseEvent): boolean =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

/** A preset as a link: it can be copied, and a plain press goes straight to the new playground. */
export function PresetLink({ preset, onChoose, children, ...rest }: PresetLinkProps) {
  const [isOpening, setIsOpening] = useState(false);
  const href = presetPath(preset);
  const follow = (event: MouseEvent) => {
    if (!isPlain(event)) return;
    event.preventDefault();
    if (onChoose) return onChoose();
    if (isOpening) return;
    setIsOpening(true);
    // The page behind the link says what went wrong.
    createPlayground(preset)
      .catch(() => href)
      .then((path) => location.assign(path));
  };
  return (
    <a href={href} aria-busy={isOpening || undefined} onClick={follow} {...rest}>
      {children}
    </a>
  );
}
