import { type KeyboardEvent, useRef, useState } from 'react';
import { useText } from '@/app/_ui/language';
import { fixed } from '@/app/_ui/numbers';
import { Picture } from '@/app/_view/Picture';
import type { PictureBatch } from '@/app/_view/pixels';
import styles from '@/app/_view/try.module.css';
import type { GridAxes } from '@/lib/room/explore';
import { GRID_GAP, isExplorable, type Tiles, tileAfter } from './codingGrid';

interface CodingTilesProps extends Tiles {
  /** Of one picture, in CSS pixels. */
  readonly size: { readonly width: number; readonly height: number };
  /** The pictures, row by row; `null` until they are there. */
  readonly batch: (PictureBatch & { readonly step: number }) | null;
  /** What they are decoded from, in the same order. */
  readonly codings: readonly Float32Array[];
  readonly axes: GridAxes;
  /** The tile of the coding that all explore; -1 for none. */
  readonly present: number;
  /** Whether nobody else moves it. */
  readonly isFree: boolean;
  onChoose(coding: Float32Array): void;
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** A table of decoded codings, each to be chosen; arrow keys go from one to the next. */
export function CodingTiles({ columns, rows, size, batch, codings, present, ...props }: CodingTilesProps) {
  const t = useText();
  const grid = useRef<HTMLTableElement>(null);
  const [focused, setFocused] = useState(0);
  const count = columns * rows;
  const turn = (event: KeyboardEvent) => {
    const next = tileAfter(event, Math.min(focused, count - 1), { columns, rows });
    if (next === null) return;
    event.preventDefault();
    grid.current?.querySelectorAll('button')[next]?.focus();
  };
  const tile = (index: number) => (
    <Tile
      coding={(batch && codings[index]) ?? null}
      isPresent={index === present}
      isStop={index === Math.min(focused, count - 1)}
      onFocus={() => setFocused(index)}
      {...props}
    >
      <Picture batch={batch} index={index} size={size} />
    </Tile>
  );
  return (
    <table
      ref={grid}
      aria-label={t('A grid over numbers {across} and {up}', {
        across: props.axes.across + 1,
        up: props.axes.up + 1,
      })}
      data-step={batch?.step}
      data-anchor="try:grid"
      className="border-separate"
      style={{ borderSpacing: GRID_GAP, margin: -GRID_GAP }}
      onKeyDown={turn}
    >
      <tbody>
        {upTo(rows).map((row) => (
          <tr key={row}>
            {upTo(columns).map((column) => (
              <td key={column} className="p-0">
                {tile(row * columns + column)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface TileProps extends Pick<CodingTilesProps, 'axes' | 'isFree' | 'onChoose'> {
  /** `null` until its picture is there. */
  readonly coding: Float32Array | null;
  readonly isPresent: boolean;
  /** Whether the Tab key stops here: at one picture of all. */
  readonly isStop: boolean;
  readonly children: React.ReactNode;
  onFocus(): void;
}

function Tile({ coding, axes, isPresent, isFree, onChoose, isStop, onFocus, children }: TileProps) {
  const t = useText();
  const said = (place: number) =>
    t('Number {place}: {value}', { place: place + 1, value: fixed(coding?.[place] ?? 0, 2) });
  const name = coding ? `${said(axes.across)}, ${said(axes.up)}` : undefined;
  const canChoose = coding !== null && isFree && isExplorable(coding);
  return (
    <button
      type="button"
      aria-label={name}
      title={name}
      aria-pressed={isPresent}
      aria-disabled={!canChoose}
      tabIndex={isStop ? 0 : -1}
      onFocus={onFocus}
      onClick={() => coding && canChoose && onChoose(coding)}
      className={styles.spot}
    >
      {children}
    </button>
  );
}
