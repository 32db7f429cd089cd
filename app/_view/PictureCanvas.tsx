'use client';

import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useFrameStore } from '@/app/_hooks/context';
import { useSurface } from '@/app/_hooks/surface';
import type { FrameStore } from '@/app/_room/frameStore';
import { useText } from '@/app/_ui/language';
import type { Place } from '@/lib/protocol/messages';
import type { PlainMessage } from '@/lib/text/keys';
import { type Palette, usePalette } from './palette';
import type { Painter } from './picturePainter';
import { pictureUnder, spotIn } from './pictureSpots';
import { Tooltip } from './Tooltip';

interface PictureCanvasProps {
  label: PlainMessage;
  description: string;
  /** How long the model had learned when it made what is shown. */
  step?: number;
  /** Must stay the same. */
  paint(canvas: HTMLCanvasElement, frames: FrameStore, palette: Palette): Painter;
  /** Text about the picture under the pointer; `undefined` for none. */
  nameOf?(index: number): string | undefined;
  /**
   * Further content about it; with it the arrow keys go from picture to picture. `number`: the number of its
   * coding under the pointer.
   */
  detailOf?(index: number, number: number | null): ReactNode;
}

interface Hovered {
  readonly index: number;
  readonly number: number | null;
  /** CSS pixels. */
  readonly x: number;
  readonly y: number;
}

/** The picture under the pointer, or the one that keys have reached. */
function useHovered(canvas: RefObject<HTMLCanvasElement | null>, painter: RefObject<Painter | null>) {
  const [hovered, setHovered] = useState<Hovered | null>(null);
  const hover = (event: PointerEvent<HTMLCanvasElement>) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const [x, y] = [(event.clientX - left) / width, (event.clientY - top) / height];
    const index = painter.current?.indexAt(x, y) ?? null;
    const number = painter.current?.numberAt?.(x, y) ?? null;
    const { clientWidth, clientHeight } = event.currentTarget;
    setHovered(index === null ? null : { index, number, x: x * clientWidth, y: y * clientHeight });
  };
  const visit = (index: number) => {
    const place = painter.current?.placeOf?.(index);
    if (!place || !canvas.current) return;
    const { clientWidth, clientHeight } = canvas.current;
    setHovered({ index, number: null, x: place.x * clientWidth, y: place.y * clientHeight });
  };
  const press = (event: KeyboardEvent) => {
    const turn = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (event.key === 'Escape') setHovered(null);
    if (turn === undefined) return;
    event.preventDefault();
    visit(hovered ? hovered.index + turn : 0);
  };
  const leave = () => {
    painter.current?.numberAt?.(-1, -1);
    setHovered(null);
  };
  return { hovered, hover, press, leave };
}

/** People point at the pictures themselves, wherever each page has them. */
function usePointing(
  canvas: RefObject<HTMLCanvasElement | null>,
  painter: RefObject<Painter | null>,
  anchor: string,
): void {
  const placeAt = useCallback(
    ({ x, y }: { readonly x: number; readonly y: number }): Place | null => {
      const point = pictureUnder(painter.current?.boxes() ?? [], x, y);
      return point && { kind: 'picture', anchor, ...point };
    },
    [painter, anchor],
  );
  const shareOf = useCallback(
    (place: Place) => (place.kind === 'picture' ? spotIn(painter.current?.boxes() ?? [], place) : null),
    [painter],
  );
  useSurface(canvas, anchor, { placeAt, shareOf });
}

/** A canvas that a painter fills, as large as its positioned parent. */
export function PictureCanvas({ label, description, step, paint, nameOf, detailOf }: PictureCanvasProps) {
  const t = useText();
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<Painter>(null);
  const frames = useFrameStore();
  const palette = usePalette();
  const { hovered, hover, press, leave } = useHovered(canvas, painter);
  usePointing(canvas, painter, label);

  useEffect(() => {
    if (!canvas.current || !palette) return;
    const created = paint(canvas.current, frames, palette);
    painter.current = created;
    return () => created.dispose();
  }, [paint, frames, palette]);

  const name = hovered ? nameOf?.(hovered.index) : undefined;
  const detail = hovered && detailOf?.(hovered.index, hovered.number);
  return (
    <>
      <canvas
        ref={canvas}
        role="img"
        aria-label={t(label)}
        aria-description={description}
        data-step={step}
        className="pixels absolute inset-0 size-full"
        onPointerMove={hover}
        onPointerLeave={leave}
        {...(detailOf && { tabIndex: 0, onKeyDown: press, onBlur: leave })}
      />
      {hovered && (name !== undefined || detail) && (
        <Tooltip x={hovered.x} y={hovered.y}>
          {name}
          {detail}
        </Tooltip>
      )}
      {detailOf && (
        <output className="sr-only">
          {hovered && hovered.number === null && name}
          {hovered && hovered.number === null && detail}
        </output>
      )}
    </>
  );
}
