import { useHold } from '@/app/_hooks/recipe';
import { RangeControl } from '@/app/_ui/RangeControl';
import type { Person } from '@/lib/protocol/messages';

interface SharedRangeProps {
  /** The control's name, as leases have it. */
  control: string;
  /** Somebody else who moves it now. */
  holder: Person | undefined;
  label: string;
  /** 0 to 1 where nothing else is said. */
  value: number;
  min?: number;
  max?: number;
  step?: number;
  shown?: string;
  said?: string;
  marked?: boolean;
  onChange(value: number): void;
}

const share = { min: 0, max: 1, step: 0.01 } as const;

/** A number, mostly a share, that everyone in the room may move, one at a time. */
export function SharedRange({ control, holder, value, shown, ...rest }: SharedRangeProps) {
  const hold = useHold(control);
  return (
    <RangeControl
      {...share}
      {...rest}
      value={value}
      shown={shown ?? `${Math.round(100 * value)} %`}
      holder={holder ?? null}
      onTake={hold.take}
      onTouch={hold.touch}
      onRelease={hold.release}
    />
  );
}
