import { type PointerEvent, useEffect, useRef } from 'react';
import { type Palette, parseRgb, usePalette } from '@/app/_view/palette';
import { PixelCanvas } from '@/app/_view/pixelCanvas';
import type { Activations, UnitScore } from './unitScores';

/** Characters that the strip shows, from the beginning: as many as one can tell apart. */
const STRIP = 320;

interface UnitStripProps {
  label: string;
  activations: Activations;
  /** One row each, from the top. */
  ranked: readonly UnitScore[];
  chosen: number;
  onChoose(unit: number): void;
}

/** All units of a layer over a text: a row a unit, a column a character. */
export function UnitStrip({ label, activations, ranked, chosen, onChoose }: UnitStripProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  useEffect(() => {
    if (!canvas.current || !palette) return;
    const picture = paint(activations, ranked, palette);
    const row = ranked.findIndex(({ unit }) => unit === chosen);
    const pixels = new PixelCanvas(canvas.current, (context) => {
      const { width, height } = context.canvas;
      context.imageSmoothingEnabled = width < picture.width;
      context.drawImage(picture, 0, 0, width, height);
      const each = height / ranked.length;
      context.strokeStyle = palette.ink;
      context.lineWidth = 2 * devicePixelRatio;
      context.strokeRect(1, row * each, width - 2, Math.max(each, 3));
    });
    pixels.request();
    return () => pixels.dispose();
  }, [activations, ranked, chosen, palette]);
  const choose = (event: PointerEvent<HTMLCanvasElement>) => {
    const { top, height } = event.currentTarget.getBoundingClientRect();
    const row = Math.floor(((event.clientY - top) / height) * ranked.length);
    const unit = ranked[Math.max(0, Math.min(row, ranked.length - 1))]?.unit;
    if (unit !== undefined) onChoose(unit);
  };
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      onPointerDown={choose}
      onPointerMove={(event) => event.buttons > 0 && choose(event)}
      className="h-full w-full cursor-pointer touch-none rounded-md border border-line"
    />
  );
}

/** Negative towards the one colour, positive towards the other, on the surface. */
function paint(
  { units, values }: Activations,
  ranked: readonly UnitScore[],
  palette: Palette,
): HTMLCanvasElement {
  const [none, low, high] = [palette.surface, palette.real, palette.generated].map(parseRgb);
  const canvas = document.createElement('canvas');
  canvas.width = Math.min(Math.max(1, values.length / units), STRIP);
  canvas.height = Math.max(1, ranked.length);
  const context = canvas.getContext('2d');
  const image = context?.createImageData(canvas.width, canvas.height);
  if (!context || !image) return canvas;
  ranked.forEach(({ unit }, row) => {
    for (let x = 0; x < canvas.width; x++) {
      const value = (values[x * units + unit] ?? 0) / 127;
      const towards = value < 0 ? low : high;
      const at = 4 * (row * canvas.width + x);
      for (let c = 0; c < 3; c++) {
        const from = none?.[c] ?? 0;
        image.data[at + c] = from + Math.abs(value) * ((towards?.[c] ?? 0) - from);
      }
      image.data[at + 3] = 255;
    }
  });
  context.putImageData(image, 0, 0);
  return canvas;
}
