'use client';

import { RotateCcw } from 'lucide-react';
import { useCallback, useEffect, useId, useMemo, useRef } from 'react';
import { useRun } from '@/app/_hooks/context';
import { controls, useControl } from '@/app/_hooks/control';
import { useExplore } from '@/app/_hooks/explore';
import { useAsker, useHasWeights } from '@/app/_hooks/useAsker';
import { useOnNewWeights } from '@/app/_hooks/useOnNewWeights';
import { useSnapshot } from '@/app/_hooks/useSnapshot';
import type { Codings } from '@/app/_room/pictures';
import { useText } from '@/app/_ui/language';
import { Select } from '@/app/_ui/Select';
import { LivingCoding } from '@/app/_view/living';
import { USUAL_SIZE } from '@/app/_view/pixels';
import { ToolButton } from '@/app/_view/ToolButton';
import { TryFrame } from '@/app/_view/TryFrame';
import styles from '@/app/_view/try.module.css';
import { useRoomFor } from '@/app/_view/useRoomFor';
import type { Explorer } from '@/lib/catalog/explorers';
import { isOf, modelOf } from '@/lib/catalog/models';
import { limits } from '@/lib/protocol/limits';
import { type GridAxes, gridAxesOf } from '@/lib/room/explore';
import { CodingTiles } from './CodingTiles';
import { numbersOf, useCodingOf } from './coding';
import {
  codingsIn,
  fitTiles,
  gridCodings,
  gridShape,
  spreadOf,
  standardNormal,
  type Tiles,
  tileOf,
} from './codingGrid';
import type { TryProps } from './TryCoding';

/** What lies where among codings: a regular grid over two of their numbers, decoded. */
export function TryGrid({ compact = false, ways }: TryProps) {
  const run = useRun();
  if (!run || !isOf('autoencoder', run.spec.recipe)) return null;
  if (compact) return <LivingCoding picture={0} moved={null} />;
  const { id, recipe } = run.spec;
  const hasPrior = modelOf(recipe.model).explores.includes('walk');
  const { codingSize } = recipe.values;
  return <Grid key={id} ways={ways} owner={recipe.model} size={codingSize} hasPrior={hasPrior} />;
}

interface GridProps {
  readonly ways: TryProps['ways'];
  /** The model whose codings these are. */
  readonly owner: Explorer;
  /** Numbers of a coding. */
  readonly size: number;
  /** Whether codings are drawn from a standard normal distribution; else they lie where those of pictures do. */
  readonly hasPrior: boolean;
}

interface Wanted extends Pick<GridProps, 'size' | 'hasPrior'>, Tiles, GridAxes {}

/** Asks for the grid, anew as the model learns. */
function useGrid({ size, hasPrior, columns, rows, across, up }: Wanted) {
  const codings = useSnapshot('images')?.codings ?? null;
  const known = useRef<Codings | null>(null);
  known.current = codings?.size === size ? codings : null;
  const [asked, ask] = useAsker<'images'>();
  const isReady = useHasWeights() && (hasPrior || codings !== null) && rows > 0;
  const refresh = useCallback(() => {
    const spread = hasPrior ? standardNormal(size) : known.current && spreadOf(known.current);
    if (!isReady || !spread) return;
    const latents = gridCodings(spread, { columns, rows }, { across, up });
    ask({ kind: 'images', latents: new Uint8Array(latents.buffer) });
  }, [ask, isReady, hasPrior, size, columns, rows, across, up]);
  useEffect(refresh, [refresh]);
  useOnNewWeights(refresh);
  return asked;
}

/** The grid that fits the view, and one picture's own size in CSS pixels. */
function useShape() {
  const [element, room] = useRoomFor();
  const { width = USUAL_SIZE, height = USUAL_SIZE } = useSnapshot('assets') ?? {};
  const own = { width: width / devicePixelRatio, height: height / devicePixelRatio };
  return { element, own, ...(room ? gridShape(room, own) : { columns: 0, rows: 0, scale: 1 }) };
}

function Grid({ ways, owner, size, hasPrior }: GridProps) {
  const t = useText();
  const { element, own, columns, rows, scale } = useShape();
  const { entries, present, movers, begin } = useCodingOf(owner);
  const axes = gridAxesOf(entries, owner, size);
  const asked = useGrid({ size, hasPrior, columns, rows, ...axes });
  const { question, result } = asked.answer ?? {};
  const codings = useMemo(() => (question ? codingsIn(question.latents, size) : []), [question, size]);
  // Of another shape until the answer is there.
  const batch = result && fitTiles(codings, { columns, rows }, axes) ? result : null;
  return (
    <TryFrame
      living={false}
      asked={[asked]}
      movers={[...movers.values()]}
      tools={
        <>
          {ways}
          <ToolButton
            icon={RotateCcw}
            disabled={present.moved.length === 0 || movers.size > 0}
            onClick={() => begin({})}
          >
            {t('Its own numbers')}
          </ToolButton>
        </>
      }
    >
      <div className="flex h-full flex-col">
        <div ref={element} className="grid min-h-0 flex-1 place-content-center">
          <CodingTiles
            {...{ columns, rows, batch, codings, axes }}
            size={{ width: scale * own.width, height: scale * own.height }}
            present={batch ? tileOf(present, codings, { columns, rows }) : -1}
            isFree={movers.size === 0}
            onChoose={(coding) => begin(numbersOf(coding))}
          />
        </div>
        <Axes owner={owner} size={size} axes={axes} />
        <p className="mt-1 text-center text-xs text-ink-soft">
          {t(
            hasPrior
              ? 'Places lie as densely as the prior, the other numbers are 0.'
              : 'Places lie as densely as codings do, the other numbers are as on the mean.',
          )}
          {size <= limits.exploredNumbers && ` ${t('Press a picture to take its coding, for all.')}`}
        </p>
      </div>
    </TryFrame>
  );
}

interface AxesProps extends Pick<GridProps, 'owner' | 'size'> {
  readonly axes: GridAxes;
}

const directions = { across: 'To the right', up: 'Upwards' } as const;

/** The choice of the two numbers, for all; that of the other direction changes places with it. */
function Axes({ owner, size, axes }: AxesProps) {
  const { change } = useExplore(owner);
  return (
    <div className="mt-2 flex justify-center gap-3">
      {(['across', 'up'] as const).map((key) => {
        const other = key === 'across' ? 'up' : 'across';
        const choose = (place: number) =>
          change({ [key]: place, ...(place === axes[other] && { [other]: axes[key] }) });
        return <Axis key={key} direction={key} place={axes[key]} {...{ owner, size, choose }} />;
      })}
    </div>
  );
}

interface AxisProps extends Pick<GridProps, 'owner' | 'size'> {
  readonly direction: keyof GridAxes;
  readonly place: number;
  choose(place: number): void;
}

function Axis({ owner, size, direction, place, choose }: AxisProps) {
  const t = useText();
  const id = useId();
  const { name, holder, touch } = useControl(controls.explore(owner, direction));
  const count = Math.min(size, limits.exploredNumbers);
  const options = Array.from({ length: count }, (_, each) => ({
    value: String(each),
    label: t('Number {place}', { place: each + 1 }),
  }));
  return (
    <div className={styles.axis} data-control={name}>
      <label htmlFor={id}>{t(directions[direction])}</label>
      <Select
        id={id}
        options={options}
        value={String(place)}
        disabled={holder !== null || count <= 2}
        title={holder?.name}
        onChange={(event) => {
          touch();
          choose(Number(event.target.value));
        }}
      />
    </div>
  );
}
