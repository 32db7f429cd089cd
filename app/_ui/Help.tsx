import { CircleHelp } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from './language';
import { PopoverButton } from './PopoverButton';

const WIDTH = 288;

/** A card that explains the thing called `about`. */
export function Help({ about, children }: { about: string; children: ReactNode }) {
  const t = useText();
  return (
    <PopoverButton icon={CircleHelp} label={t('Help')} describedBy={about} width={WIDTH}>
      {() => children}
    </PopoverButton>
  );
}
