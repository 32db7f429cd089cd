'use client';

import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { limits } from '@/lib/protocol/limits';
import { useFrameStore } from '../_client/context';
import { usePalette } from './palette';
import { PicturePainter } from './picturePainter';
import styles from './stage.module.css';
import { formatStep } from './steps';
import { Tooltip } from './Tooltip';
import { useSnapshot } from './useSnapshot';
import { ViewHeader } from './ViewHeader';

interface Hovered {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

/** The same validation images throughout: originals, each above what the model makes of it. */
export function Reconstructions({ compact = false }: { compact?: boolean }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<PicturePainter>(null);
  const frames = useFrameStore();
  const palette = usePalette();
  const assets = useSnapshot('assets');
  const step = useSnapshot('images')?.step;
  const [hovered, setHovered] = useState<Hovered | null>(null);

  useEffect(() => {
    if (!canvas.current || !palette) return;
    const created = new PicturePainter(canvas.current, frames, palette);
    painter.current = created;
    return () => created.dispose();
  }, [frames, palette]);

  const hover = (event: PointerEvent<HTMLCanvasElement>) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const [x, y] = [(event.clientX - left) / width, (event.clientY - top) / height];
    const pair = painter.current?.pairAt(x, y) ?? null;
    const name = pair === null ? undefined : assets?.classes[assets.labels[pair] ?? -1];
    const { clientWidth, clientHeight } = event.currentTarget;
    setHovered(name === undefined ? null : { name, x: x * clientWidth, y: y * clientHeight });
  };
  const shown = step === undefined ? 'Nothing yet' : `After training step ${formatStep(step)}`;
  return (
    <>
      {!compact && <ViewHeader title="Reconstructions" about={<Legend />} />}
      <div className={styles.clear}>
        <canvas
          ref={canvas}
          role="img"
          aria-label="Reconstructions"
          aria-description={`${limits.reconstructions} originals, each above its reconstruction. ${shown}.`}
          data-step={step}
          className="pixels absolute inset-0 size-full"
          onPointerMove={hover}
          onPointerLeave={() => setHovered(null)}
        />
        {hovered && <Tooltip {...hovered}>{hovered.name}</Tooltip>}
      </div>
    </>
  );
}

/** Which row is which. */
function Legend() {
  const rows = [
    { label: 'Original', color: 'bg-real' },
    { label: 'Reconstruction', color: 'bg-generated' },
  ];
  return (
    <ul className="flex gap-4 text-xs text-ink-soft">
      {rows.map(({ label, color }) => (
        <li key={label} className="flex items-center gap-2">
          <span aria-hidden className={`h-3 w-1 rounded-full ${color}`} />
          {label}
        </li>
      ))}
    </ul>
  );
}
