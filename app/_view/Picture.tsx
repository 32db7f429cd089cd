import { useEffect, useRef } from 'react';
import { usePalette } from './palette';
import { inkRamp, type PictureBatch, toImageData, USUAL_SIZE } from './pixels';

interface PictureProps {
  /** `null` until there is one: its place is kept. */
  batch: PictureBatch | null;
  index: number;
  className?: string;
  /** CSS pixels; the place's width and the picture's own ratio if absent. */
  size?: { readonly width: number; readonly height: number };
}

/** One picture in its own pixels; CSS makes it larger. Decoration: what holds it has the name. */
export function Picture({ batch, index, className = '', size }: PictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  const width = batch?.width ?? USUAL_SIZE;
  const height = batch?.height ?? USUAL_SIZE;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !palette || !batch) return;
    context.clearRect(0, 0, batch.width, batch.height);
    if (index >= batch.count) return;
    context.putImageData(toImageData(batch, index, inkRamp(palette)), 0, 0);
  }, [batch, index, palette]);
  return (
    <canvas
      ref={canvas}
      aria-hidden
      width={width}
      height={height}
      className={`pixels block bg-surface ${className}`}
      style={size ?? { aspectRatio: `${width} / ${height}` }}
    />
  );
}
