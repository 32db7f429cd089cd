import { useEffect, useRef } from 'react';
import type { AssetImages } from '../_client/frameStore';
import type { CloudHit } from './cloudMath';
import { usePalette } from './palette';
import { inkRamp, toImageData } from './pixels';
import { Tooltip } from './Tooltip';

/** CSS pixels that one pixel of the picture takes. */
const SCALE = 4;

/** The picture behind a point of the cloud, enlarged, with its class. */
export function PictureCard({ assets, hit }: { assets: AssetImages; hit: CloudHit }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  const { index } = hit;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !palette) return;
    context.putImageData(toImageData(assets, index, inkRamp(palette)), 0, 0);
  }, [assets, index, palette]);
  const category = assets.labels[index] ?? 0;
  return (
    <Tooltip x={hit.x} y={hit.y}>
      <canvas
        ref={canvas}
        width={assets.width}
        height={assets.height}
        className="pixels my-1 rounded-sm"
        style={{ width: SCALE * assets.width, height: SCALE * assets.height }}
      />
      <span className="flex items-center gap-2 py-0.5">
        <span className="size-2.5 rounded-full" style={{ background: `var(--class-${category % 10})` }} />
        {assets.classes[category]}
      </span>
    </Tooltip>
  );
}
