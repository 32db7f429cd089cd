import { useControl } from '@/app/_hooks/control';
import { RangeControl } from '@/app/_ui/RangeControl';
import type { ControlValue } from '@/lib/room/controls';

interface SharedRangeProps {
  /** The control's name (lib/room/controls). */
  control: string;
  label: string;
  /** 0 to 1 where nothing else is said. */
  value: number;
  min?: number;
  max?: number;
  step?: number;
  shown?: string;
  said?: string;
  marked?: boolean;
  /** What all share where the slider stands; by itself the same number. */
  valueAt?(place: number): ControlValue;
}

const share = { min: 0, max: 1, step: 0.01 } as const;

/** A number, mostly a share, that everyone in the room may move, one at a time. */
export function SharedRange({ control, value, shown, valueAt, ...rest }: SharedRangeProps) {
  const held = useControl(control);
  const grip = valueAt
    ? {
        ...held,
        move: (place: number) => held.move(valueAt(place)),
        step: (place: number) => held.step(valueAt(place)),
      }
    : held;
  return (
    <RangeControl
      {...share}
      {...rest}
      value={value}
      shown={shown ?? `${Math.round(100 * value)} %`}
      grip={grip}
    />
  );
}
