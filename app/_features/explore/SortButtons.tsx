import { ArrowLeft, ArrowRight } from 'lucide-react';
import type { Control } from '@/app/_hooks/control';
import { useText } from '@/app/_ui/language';
import { ToolButton } from '@/app/_view/ToolButton';
import { setControl } from '@/lib/room/controls';
import { orderAt } from '@/lib/room/pins';
import { ordersBeside } from './useSorting';

interface SortButtonsProps {
  /** Of the tile's order. */
  readonly control: Pick<Control, 'name' | 'change'>;
  readonly tile: string;
  /** All tiles, in their order. */
  readonly all: Parameters<typeof ordersBeside>[0];
}

/** Moves a tile of a row by one place, for those who don't drag. */
export function SortButtons({ control, tile, all }: SortButtonsProps) {
  const t = useText();
  const place = all.findIndex(({ key }) => key === tile);
  const move = (to: number) => {
    const next = orderAt(ordersBeside(all, tile), to);
    control.change((doc, origin) => setControl(doc, control.name, next, origin));
  };
  return (
    <>
      <ToolButton icon={ArrowLeft} disabled={place === 0} onClick={() => move(place - 1)}>
        {t('To the left')}
      </ToolButton>
      <ToolButton icon={ArrowRight} disabled={place === all.length - 1} onClick={() => move(place + 1)}>
        {t('To the right')}
      </ToolButton>
    </>
  );
}
