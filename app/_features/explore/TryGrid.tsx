'use client';

import { useCallback, useEffect, useRef } from 'react';
import { useRun } from '@/app/_hooks/context';
import { useAsker, useHasWeights } from '@/app/_hooks/useAsker';
import { useOnNewWeights } from '@/app/_hooks/useOnNewWeights';
import { useSnapshot } from '@/app/_hooks/useSnapshot';
import type { Codings } from '@/app/_room/pictures';
import { useText } from '@/app/_ui/language';
import { fixed } from '@/app/_ui/numbers';
import { LivingCoding } from '@/app/_view/living';
import { Picture } from '@/app/_view/Picture';
import { USUAL_SIZE } from '@/app/_view/pixels';
import { TryFrame } from '@/app/_view/TryFrame';
import { useRem } from '@/app/_view/useRem';
import { useRoomFor } from '@/app/_view/useRoomFor';
import { isOf, modelOf } from '@/lib/catalog/models';
import { GRID_GAP, type GridShape, gridCodings, gridShape, spreadOf, standardNormal } from './codingGrid';
import type { TryProps } from './TryCoding';

/** What lies where among codings: a regular grid over their first two numbers, drawn. */
export function TryGrid({ compact = false, ways }: TryProps) {
  const run = useRun();
  if (!run || !isOf('autoencoder', run.spec.recipe)) return null;
  if (compact) return <LivingCoding picture={0} moved={null} />;
  const { id, recipe } = run.spec;
  const hasPrior = modelOf(recipe.model).explores.includes('walk');
  return <Grid key={id} ways={ways} size={recipe.values.codingSize} hasPrior={hasPrior} />;
}

interface GridProps {
  readonly ways: TryProps['ways'];
  /** Numbers of a coding. */
  readonly size: number;
  /** Whether codings are drawn from a standard normal distribution; else they lie where those of pictures do. */
  readonly hasPrior: boolean;
}

/** Asks for the grid, anew as the model learns. */
function useGrid({ size, hasPrior }: GridProps, shape: GridShape | null) {
  const { columns = 0, rows = 0 } = shape ?? {};
  const codings = useSnapshot('images')?.codings ?? null;
  const known = useRef<Codings | null>(null);
  known.current = codings?.size === size ? codings : null;
  const [asked, ask] = useAsker<'images'>();
  const isReady = useHasWeights() && (hasPrior || codings !== null) && rows > 0;
  const refresh = useCallback(() => {
    const spread = hasPrior ? standardNormal(size) : known.current && spreadOf(known.current);
    if (isReady && spread)
      ask({ kind: 'images', latents: new Uint8Array(gridCodings(spread, { columns, rows }).buffer) });
  }, [ask, isReady, hasPrior, size, columns, rows]);
  useEffect(refresh, [refresh]);
  useOnNewWeights(refresh);
  return asked;
}

/** The coding of a tile as a person reads it: its first two numbers. */
function codingOf(latents: Uint8Array | undefined, size: number, tile: number): string | undefined {
  if (!latents) return undefined;
  const codings = new Float32Array(latents.slice().buffer);
  return [0, 1].map((number) => fixed(codings[tile * size + number] ?? 0, 2)).join(', ');
}

/** Rem that the caption takes. */
const CAPTION = 2.5;

/** The grid that fits the view, and one picture's own size in CSS pixels. */
function useShape() {
  const [element, room] = useRoomFor();
  const rem = useRem();
  const { width = USUAL_SIZE, height = USUAL_SIZE } = useSnapshot('assets') ?? {};
  const own = { width: width / devicePixelRatio, height: height / devicePixelRatio };
  const shape = room && gridShape({ ...room, height: room.height - CAPTION * rem }, own);
  return { element, shape, own };
}

function Grid(props: GridProps) {
  const t = useText();
  const { element, shape, own } = useShape();
  const asked = useGrid(props, shape);
  const { question, result } = asked.answer ?? {};
  const { columns = 0, rows = 0, scale = 1 } = shape ?? {};
  const count = columns * rows;
  // Of another shape until the answer is there.
  const batch = result?.count === count ? result : null;
  const size = { width: scale * own.width, height: scale * own.height };
  return (
    <TryFrame living={false} asked={[asked]} tools={props.ways}>
      <div ref={element} className="grid h-full place-content-center justify-items-center">
        <div
          role="img"
          aria-label={t('A grid over the first two numbers')}
          data-step={batch?.step}
          data-anchor="try:grid"
          className="grid"
          style={{ gap: GRID_GAP, gridTemplateColumns: `repeat(${columns}, ${size.width}px)` }}
        >
          {Array.from({ length: count }, (_, tile) => tile).map((tile) => (
            <div key={tile} title={codingOf(batch ? question?.latents : undefined, props.size, tile)}>
              <Picture batch={batch} index={tile} size={size} />
            </div>
          ))}
        </div>
        <p className="mt-1 h-8 max-w-xl overflow-hidden text-center text-xs text-ink-soft">
          {t(
            props.hasPrior
              ? 'To the right the first number of the coding grows, upwards the second; places lie as densely as the prior. The others are 0.'
              : 'To the right the first number of the coding grows, upwards the second; places lie as densely as codings do. The others are as on the mean.',
          )}
        </p>
      </div>
    </TryFrame>
  );
}
