import { SlidersHorizontal } from 'lucide-react';
import { useId } from 'react';
import { controls, useControl } from '@/app/_hooks/control';
import type { Explorable } from '@/app/_hooks/explore';
import type { Playback, Trail } from '@/app/_hooks/path';
import { useText } from '@/app/_ui/language';
import { PopoverButton } from '@/app/_ui/PopoverButton';
import { Select } from '@/app/_ui/Select';
import { SharedRange } from '@/app/_view/SharedRange';
import { easings, ends, pathWays } from '@/lib/explore/path';
import { pathWords } from '@/lib/room/path';
import type { PlainMessage } from '@/lib/text/keys';

/** Seconds from stop to stop that one may choose. */
const paces = [8, 6, 4, 3, 2, 1.5, 1, 0.75, 0.5, 0.25] as const;

interface PathSettingsProps {
  readonly explorable: Explorable;
  readonly trail: Trail;
  readonly playback: Playback;
}

/** How one goes along the path, for all. */
export function PathSettings({ explorable, trail, playback }: PathSettingsProps) {
  const t = useText();
  const ways = pathWays.filter((way) => way !== 'style' || explorable.layers > 0);
  const { path, way } = trail;
  return (
    <PopoverButton icon={SlidersHorizontal} label={t('Path settings')} width={300} role="dialog">
      {(isOpen) =>
        isOpen && (
          <div className="grid gap-3">
            <Choice label="Way from pin to pin" name="way" options={ways} value={way} />
            <Choice label="Easing" name="easing" options={easings} value={path.easing} />
            <Choice label="At the end of the path" name="atEnd" options={ends} value={path.atEnd} />
            <Speed playback={playback} />
          </div>
        )
      }
    </PopoverButton>
  );
}

/** From slow to fast: the pace that is nearest. */
function Speed({ playback }: Pick<PathSettingsProps, 'playback'>) {
  const t = useText();
  const seconds = 1 / playback.playhead.speed;
  const distance = (pace: number) => Math.abs(Math.log(pace / seconds));
  const place = paces.reduce((best, pace, i) => (distance(pace) < distance(paces[best] ?? 1) ? i : best), 0);
  return (
    <SharedRange
      control={controls.playhead}
      label={t('Speed##path')}
      value={place}
      min={0}
      max={paces.length - 1}
      step={1}
      shown={t('{n} s a pin', { n: t.number(seconds, { maximumFractionDigits: 2 }) })}
      valueAt={(chosen) => playback.atSpeed(1 / (paces[chosen] ?? 1))}
    />
  );
}

interface ChoiceProps {
  readonly label: PlainMessage;
  readonly name: 'way' | 'easing' | 'atEnd';
  readonly options: readonly (keyof typeof pathWords)[];
  readonly value: string;
}

function Choice({ label, name, options, value }: ChoiceProps) {
  const t = useText();
  const id = useId();
  const { holder, step } = useControl(controls.path(name));
  return (
    <div className="grid gap-1" data-control={controls.path(name)}>
      <label htmlFor={id} className="text-xs">
        {t(label)}
      </label>
      <Select
        id={id}
        options={options.map((option) => ({ value: option, label: t(pathWords[option]) }))}
        value={value}
        disabled={holder !== null}
        onChange={(event) => step(event.target.value)}
      />
    </div>
  );
}
