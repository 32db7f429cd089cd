'use client';

import { Bookmark, Pause, Play, X } from 'lucide-react';
import { useState } from 'react';
import { controls } from '@/app/_hooks/control';
import { useProjection, useProjectionSetting } from '@/app/_hooks/projection';
import { useSnapshot } from '@/app/_hooks/useSnapshot';
import { useText } from '@/app/_ui/language';
import { formatNumber } from '@/app/_ui/numbers';
import { fromFraction, toFraction } from '@/app/_ui/scale';
import { SharedRange } from '@/app/_view/SharedRange';
import { ToolButton } from '@/app/_view/ToolButton';
import type { NumberParameter } from '@/lib/catalog/parameters';
import { type ProjectionKey, projectionMethods, projectionParameters } from '@/lib/catalog/projections';
import { unitOf } from '@/lib/catalog/units';
import { CloudSearch } from './CloudSearch';
import type { CameraPosition } from './cloudCamera';
import { type Colouring, colourings, colouringsOf } from './colouring';
import type { Found } from './findInCloud';
import { PanelRow } from './PanelRow';
import { SourceChoices } from './SourceChoices';

/** Positions of a slider. */
const NOTCHES = 400;
/** Points from which on t-SNE and UMAP take seconds to begin. */
const MANY = 5000;
/** Kept views at most; a further one replaces the first. */
const KEPT_VIEWS = 6;

interface CloudPanelProps {
  /** Whether the points' classes are known. */
  hasClasses: boolean;
  colouring: Colouring;
  onColouring(colouring: Colouring): void;
  onFound(found: Found): void;
  onKeep(): CameraPosition | undefined;
  onReturn(position: CameraPosition): void;
}

/** Settings of the projection, for all, and of the view, for oneself. */
export function CloudPanel(props: CloudPanelProps) {
  const t = useText();
  const settings = useProjection();
  const method = projectionMethods.find(({ id }) => id === settings.method);
  const isMoving = settings.method !== 'pca';
  const motion = useProjectionSetting('motion');
  const isPaused = settings.motion === 'paused';
  return (
    <section
      aria-label={t('Settings of the cloud')}
      data-clip
      className="z-20 col-start-1 row-start-2 mx-2 flex max-h-[calc(100%-0.5rem)] w-64 flex-col gap-3 self-start overflow-y-auto rounded-xl border border-line bg-surface p-3 *:shrink-0 @max-[24rem]:w-[calc(100%-1rem)]"
    >
      <SourceChoices />
      <Choices name="method" value={settings.method} />
      {method && <p className="text-xs leading-relaxed text-ink-soft">{t(method.help)}</p>}
      <Choices name="dimensions" value={settings.dimensions} />
      <Choices name="count" value={settings.count} />
      {isMoving && Number(settings.count) >= MANY && (
        <p className="text-xs leading-relaxed text-ink-soft">
          {t('So many points take some seconds before they move, and longer for each iteration.')}
        </p>
      )}
      {method?.settings.map((name) => (
        <NumberSetting key={name} name={name} value={settings[name] as number} />
      ))}
      {isMoving && (
        <ToolButton
          icon={isPaused ? Play : Pause}
          disabled={motion.holder !== null}
          data-control={controls.projection('motion')}
          onClick={() => motion.change(isPaused ? 'running' : 'paused')}
        >
          {isPaused ? t('Let points move') : t('Hold points still')}
        </ToolButton>
      )}
      <hr className="border-line" />
      <Looks {...props} />
    </section>
  );
}

/** A setting with a few values, as toggle buttons. */
function Choices({ name, value }: { name: 'method' | 'dimensions' | 'count'; value: string }) {
  const t = useText();
  const { holder, change } = useProjectionSetting(name);
  const { label, help, options } = projectionParameters[name];
  return (
    <PanelRow label={t(label)} control={controls.projection(name)} help={t(help)}>
      {options.map((option) => (
        <ToolButton
          key={option.value}
          pressed={option.value === value}
          disabled={holder !== null}
          onClick={() => change(option.value)}
        >
          {t(option.label)}
        </ToolButton>
      ))}
    </PanelRow>
  );
}

function NumberSetting({ name, value }: { name: ProjectionKey; value: number }) {
  const t = useText();
  const parameter = projectionParameters[name] as NumberParameter;
  const unit = parameter.unit === '' ? '' : ` ${t.say(unitOf(parameter.unit, value))}`;
  return (
    <div title={t(parameter.help)}>
      <SharedRange
        control={controls.projection(name)}
        label={t(parameter.label)}
        min={0}
        max={NOTCHES}
        step={1}
        value={Math.round(NOTCHES * toFraction(value, parameter))}
        shown={`${formatNumber(value)}${unit}`}
        valueAt={(notch) => fromFraction(notch / NOTCHES, parameter)}
      />
    </div>
  );
}

/** Settings for this person alone: colours, search, and kept views. */
function Looks({ colouring, hasClasses, onColouring, onFound, onKeep, onReturn }: CloudPanelProps) {
  const t = useText();
  const offered = colouringsOf(useSnapshot('points'), hasClasses);
  // A cloud that doesn't have it is coloured by class.
  const shown = offered.includes(colouring) ? colouring : 'class';
  const [positions, setPositions] = useState<readonly CameraPosition[]>([]);
  const keep = () => {
    const position = onKeep();
    if (position) setPositions([...positions, position].slice(-KEPT_VIEWS));
  };
  return (
    <>
      <PanelRow label={t('Coloured by')}>
        {offered.map((each) => (
          <ToolButton
            key={each}
            title={t(colourings[each].help)}
            pressed={each === shown}
            onClick={() => onColouring(each)}
          >
            {t(colourings[each].label)}
          </ToolButton>
        ))}
      </PanelRow>
      <CloudSearch onFound={onFound} />
      <PanelRow label={t('Kept views')}>
        {positions.map((position, i) => (
          <span key={position.join()} className="inline-flex">
            <ToolButton onClick={() => onReturn(position)}>{i + 1}</ToolButton>
            <button
              type="button"
              aria-label={t('Forget view {n}', { n: i + 1 })}
              onClick={() => setPositions(positions.filter((each) => each !== position))}
              className="grid size-6 place-items-center text-ink-faint hover:text-ink"
            >
              <X aria-hidden size={12} />
            </button>
          </span>
        ))}
        <ToolButton icon={Bookmark} onClick={keep}>
          {t('Keep this view')}
        </ToolButton>
      </PanelRow>
    </>
  );
}
