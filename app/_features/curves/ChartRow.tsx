import { type ComponentProps, useState } from 'react';
import { useText } from '@/app/_ui/language';
import { ToolButton } from '@/app/_view/ToolButton';
import { useRem } from '@/app/_view/useRem';
import { useRoomFor } from '@/app/_view/useRoomFor';
import { CurveView } from './CurveView';
import type { Chart } from './charts';

/** Rem that a chart needs: its width, and the height of its figures and of a curve that one can read. */
const LEAST = { width: 13, height: 7.75 };
/** Rem between two charts. */
const GAP = 1.25;

interface ChartRowProps extends Omit<ComponentProps<typeof CurveView>, 'chart' | 'isLog' | 'choices'> {
  charts: readonly Chart[];
  /** Whether losses are drawn on a logarithmic scale. */
  isLog: boolean;
}

/** All charts side by side; where that would leave too little of their curves, one of them with a switch. */
export function ChartRow({ charts, isLog, ...shared }: ChartRowProps) {
  const t = useText();
  const rem = useRem();
  const [element, room] = useRoomFor();
  const [chosen, choose] = useState<Chart['group']>('loss');
  const needed = rem * (charts.length * (LEAST.width + GAP) - GAP);
  const hasRoom = room !== null && room.width >= needed && room.height >= rem * LEAST.height;
  const isOne = charts.length > 1 && !hasRoom;
  const shown = isOne ? charts.filter(({ group }) => group === chosen) : charts;
  const choices = isOne && (
    <fieldset aria-label={t('Curves')} className="flex gap-1">
      {charts.map(({ group, label }) => (
        <ToolButton key={group} pressed={group === chosen} onClick={() => choose(group)}>
          {t(label)}
        </ToolButton>
      ))}
    </fieldset>
  );
  return (
    <div ref={element} className="grid min-h-0 flex-1 auto-cols-fr grid-flow-col gap-x-5">
      {room &&
        shown.map((chart) => (
          <CurveView
            key={chart.group}
            {...shared}
            chart={chart}
            isLog={isLog && chart.group === 'loss'}
            choices={choices}
          />
        ))}
    </div>
  );
}
