import { ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ResultOf } from '@/app/_room/sampling';
import { type Text, useText } from '@/app/_ui/language';
import { fixed } from '@/app/_ui/numbers';
import { Picture } from '@/app/_view/Picture';
import type { PictureBatch } from '@/app/_view/pixels';
import type { LayerExample } from '@/lib/protocol/sampling';
import styles from './diagram.module.css';
import { useLayer } from './useLayer';

type Result = ResultOf<'layer'>;
type Image = Exclude<LayerExample, { kind: 'text' }>;

/** CSS pixels beside an example, of a side of the example, and of a character. */
const ROOM = 168;
const EXAMPLE = 56;
const CHARACTER = 7;

interface LayerActivationsProps {
  weights: string;
  /** Rows of pictures that there is room for. */
  rows: number;
}

/** A layer's activations for an example, beside the example itself. */
export function LayerActivations({ weights, rows }: LayerActivationsProps) {
  const t = useText();
  const [result, problem] = useLayer(weights, 'activations');
  if (!result?.example) return <p className="mt-2 h-20 text-ink-soft">{problem && t.say(problem)}</p>;
  const { example, step } = result;
  const shown = shownOf(result, rows);
  return (
    <figure className="mt-2 min-h-20" data-step={step}>
      {example.kind === 'text' ? (
        <Reading result={result} text={example.text} units={shown} />
      ) : (
        <Flow example={example} hasOwn={!result.isImage || example.kind === 'read'}>
          <Outputs result={result} count={shown} />
        </Flow>
      )}
      <figcaption className="mt-1 text-ink-soft tabular-nums">{captionOf(result, shown, t)}</figcaption>
    </figure>
  );
}

/** The example before the activations if it is the network's input, behind them if it is the output. */
function Flow({ example, hasOwn, children }: { example: Image; hasOwn: boolean; children: ReactNode }) {
  const picture = (
    <Picture batch={{ count: 1, ...example }} index={0} size={{ width: EXAMPLE, height: EXAMPLE }} />
  );
  const arrow = <ArrowRight aria-hidden size={14} className="mt-5 shrink-0 text-ink-faint" />;
  if (!hasOwn) return children;
  return (
    <div className="flex items-start gap-1">
      {example.kind === 'read' ? (
        <>
          {picture}
          {arrow}
          {children}
        </>
      ) : (
        <>
          {children}
          {arrow}
          {picture}
        </>
      )}
    </div>
  );
}

/** A small picture's size in CSS pixels: a whole multiple of its own, near that of an image. */
export function smallSize({ width, height }: Pick<PictureBatch, 'width' | 'height'>) {
  const scale = Math.max(1, Math.floor(28 / Math.max(width, height)));
  return { width: scale * width, height: scale * height };
}

/** Maps, or rows of a text, for which there is room. */
function shownOf(result: Result, rows: number): number {
  const { count, height, example } = result;
  if (example?.kind === 'text') return Math.min(height, rows * 32);
  return Math.min(count, rows * Math.max(1, Math.floor((ROOM + 1) / (smallSize(result).width + 1))));
}

function Outputs({ result, count }: { result: Result; count: number }) {
  const { width, height, isImage, pixels, reach } = result;
  if (isImage) return <Picture batch={result} index={0} size={{ width: EXAMPLE, height: EXAMPLE }} />;
  if (height > 1) {
    const size = smallSize(result);
    return (
      <div
        className={styles.tiles}
        style={{ width: ROOM, gridTemplateColumns: `repeat(auto-fill, ${size.width}px)` }}
      >
        {Array.from({ length: count }, (_, i) => i).map((i) => (
          <Picture key={i} batch={result} index={i} size={size} />
        ))}
      </div>
    );
  }
  if (width === 1)
    return (
      <p className="self-center text-lg font-semibold tabular-nums">
        {fixed((pixels[0] ?? 0) < 128 ? -reach : reach, 2)}
      </p>
    );
  return <Cells pixels={pixels} />;
}

/** Numbers of a layer in rows of cells, as large as their count allows. */
export function Cells({ pixels }: { pixels: Uint8Array }) {
  const { length } = pixels;
  const cell = length <= 48 ? 14 : length <= 128 ? 10 : length <= 300 ? 7 : 5;
  const columns = Math.min(length, Math.floor(ROOM / cell));
  const rows = Math.ceil(length / columns);
  const padded = new Uint8Array(columns * rows);
  padded.set(pixels);
  const batch: PictureBatch = { count: 1, width: columns, height: rows, channels: 1, pixels: padded };
  return (
    <div className="relative">
      <Picture batch={batch} index={0} size={{ width: columns * cell, height: rows * cell }} />
      <div
        aria-hidden
        className="absolute right-0 bottom-0 bg-surface"
        style={{ width: (columns * rows - length) * cell, height: cell }}
      />
    </div>
  );
}

/** Units from the top down, below each column its character. */
function Reading({ result, text, units }: { result: Result; text: string; units: number }) {
  const characters = [...text].map((character, place) => ({ place, character }));
  const high = Math.max(1, Math.min(6, Math.floor(96 / units)));
  const size = { width: characters.length * CHARACTER, height: units * high };
  return (
    <>
      <Picture batch={{ ...result, height: units }} index={0} size={size} />
      <p className="mt-0.5 flex font-mono text-[0.625rem] leading-3">
        {characters.map(({ place, character }) => (
          <span key={place} className="text-center whitespace-pre" style={{ width: CHARACTER }}>
            {character === '\n' ? '↵' : character}
          </span>
        ))}
      </p>
    </>
  );
}

function captionOf({ example, step, total, width, height, isImage }: Result, shown: number, t: Text): string {
  if (isImage) return t('What it draws at step {step}', { step });
  if (example?.kind === 'text')
    return total > shown
      ? t('The first {shown} of its {total} units as they read, at step {step}: grey is zero', {
          shown,
          total,
          step,
        })
      : t('Its units as they read, at step {step}: grey is zero', { step });
  if (height > 1 && total > shown)
    return t('{shown} of its {total} maps at step {step}: grey is zero', {
      shown,
      total,
      step,
    });
  if (height === 1 && width === 1)
    return t('How real it finds this image at step {step}, from 0 to 1', { step });
  return t('Its activations at step {step}: grey is zero', { step });
}
