import { useEffect, useRef, useState } from 'react';
import type { AssetImages } from '@/app/_room/assets';
import type { Moment } from '@/app/_room/frameStore';
import type { ReelReader } from '@/app/_room/reel';
import { useText } from '@/app/_ui/language';
import type { ModelId } from '@/lib/catalog/models';
import { firstLayoutOf, MomentPainter } from './momentPainter';
import { usePalette } from './palette';
import { PixelCanvas } from './pixelCanvas';

interface MomentCanvasProps {
  /** Of the run. */
  name: string;
  model: ModelId;
  reel: ReelReader;
  step: number;
  assets: AssetImages | null;
}

/** What a run showed at a step. */
export function MomentCanvas({ name, model, reel, step, assets }: MomentCanvasProps) {
  const t = useText();
  const canvas = useRef<HTMLCanvasElement>(null);
  const shown = useRef<{ moment: Moment; assets: AssetImages | null }>({ moment: { step }, assets });
  const surface = useRef<PixelCanvas>(null);
  const [moment, setMoment] = useState<Moment>({ step });
  const palette = usePalette();
  useEffect(() => {
    const show = () => {
      const next = reel.at(step);
      if (next) setMoment(next);
    };
    reel.want(step);
    show();
    return reel.subscribe(show);
  }, [reel, step]);
  useEffect(() => {
    if (!canvas.current || !palette) return;
    const element = canvas.current;
    const painter = new MomentPainter(palette, devicePixelRatio);
    const created = new PixelCanvas(element, (context) => {
      const area = { x: 0, y: 0, width: element.width, height: element.height };
      painter.draw(context, firstLayoutOf(model), shown.current.moment, shown.current.assets, area);
    });
    surface.current = created;
    return () => created.dispose();
  }, [palette, model]);
  useEffect(() => {
    shown.current = { moment, assets };
    surface.current?.request();
  }, [moment, assets]);
  const at = (moment.images ?? moment.text)?.step;
  return (
    <figure className="min-w-0">
      <canvas
        ref={canvas}
        role="img"
        aria-label={
          at === undefined
            ? t('{run}: nothing shown yet', { run: name })
            : t('{run}, step {step}', { run: name, step: at })
        }
        data-step={at}
        className="pixels aspect-[3/2] w-full rounded-lg border border-line bg-paper"
      />
      <figcaption aria-hidden className="mt-1 min-h-5 font-mono text-sm tabular-nums">
        {at === undefined ? t('Nothing shown yet') : t('Step {step}', { step: at })}
      </figcaption>
    </figure>
  );
}
