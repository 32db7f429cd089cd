import { useEffect, useRef } from 'react';

/** `pixels`: uint8 [count, height, width, channels]; grey, or red, green and blue. */
interface Images {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly pixels: Uint8Array;
}

interface PixelGridProps {
  /** `null` keeps the place. */
  images: Images | null;
  columns: number;
  rows: number;
  label: string;
}

/** Pixels between two images. */
const GAP = 1;

function toImageData({ height, width, channels, pixels }: Images, index: number): ImageData {
  const image = new ImageData(width, height);
  const size = height * width;
  for (let i = 0; i < size; i++) {
    const at = (index * size + i) * channels;
    const colour = [0, 1, 2].map((channel) => pixels[channels === 1 ? at : at + channel] ?? 0);
    image.data.set([...colour, 255], 4 * i);
  }
  return image;
}

/** Small images side by side with crisp pixels, as wide as their place. */
export function PixelGrid({ images, columns, rows, label }: PixelGridProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width = 28, height = 28 } = images ?? {};
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !images) return;
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    for (let i = 0; i < images.count; i++) {
      const [x, y] = [i % columns, Math.floor(i / columns)];
      context.putImageData(toImageData(images, i), x * (width + GAP), y * (height + GAP));
    }
  }, [images, columns, width, height]);
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      width={columns * (width + GAP) - GAP}
      height={rows * (height + GAP) - GAP}
      className="pixels block w-full"
    />
  );
}
