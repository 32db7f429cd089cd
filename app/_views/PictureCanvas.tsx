'use client';

import { type PointerEvent, useEffect, useRef, useState } from 'react';
import type { PlainMessage } from '@/lib/messages/ko';
import { useFrameStore } from '../_client/context';
import type { FrameStore } from '../_client/frameStore';
import { useText } from '../_ui/language';
import { type Palette, usePalette } from './palette';
import type { Painter } from './picturePainter';
import { Tooltip } from './Tooltip';

interface PictureCanvasProps {
  label: PlainMessage;
  description: string;
  /** How long the model had learned when it made what is shown. */
  step?: number;
  /** Must stay the same. */
  paint(canvas: HTMLCanvasElement, frames: FrameStore, palette: Palette): Painter;
  /** What is told of the picture under the pointer; `undefined` for nothing. */
  nameOf?(index: number): string | undefined;
}

interface Hovered {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

/** A canvas that a painter fills, as large as its positioned parent. */
export function PictureCanvas({ label, description, step, paint, nameOf }: PictureCanvasProps) {
  const t = useText();
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<Painter>(null);
  const frames = useFrameStore();
  const palette = usePalette();
  const [hovered, setHovered] = useState<Hovered | null>(null);

  useEffect(() => {
    if (!canvas.current || !palette) return;
    const created = paint(canvas.current, frames, palette);
    painter.current = created;
    return () => created.dispose();
  }, [paint, frames, palette]);

  const hover = (event: PointerEvent<HTMLCanvasElement>) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const [x, y] = [(event.clientX - left) / width, (event.clientY - top) / height];
    const index = painter.current?.indexAt(x, y) ?? null;
    const name = index === null ? undefined : nameOf?.(index);
    const { clientWidth, clientHeight } = event.currentTarget;
    setHovered(name === undefined ? null : { name, x: x * clientWidth, y: y * clientHeight });
  };
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
        onPointerLeave={() => setHovered(null)}
      />
      {hovered && <Tooltip {...hovered}>{hovered.name}</Tooltip>}
    </>
  );
}
