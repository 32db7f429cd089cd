import { useHasWeights } from '@/app/_hooks/useAsker';
import type { ResultOf } from '@/app/_room/sampling';
import { useText } from '@/app/_ui/language';
import { Picture } from '@/app/_view/Picture';
import styles from './diagram.module.css';
import type { BlockPlace } from './diagramLayout';
import { fullName, shapeText } from './diagramText';
import { Cells, LayerActivations, smallSize } from './LayerActivations';
import { useLayer } from './useLayer';

/** CSS pixels of the card's inner width. */
const ROOM = 252;
/** CSS pixels of a diagram's height from which on there is room for all of a layer's pictures. */
const TALL = 460;
/** Below which only the first rows of them have room. */
const SHORT = 300;

interface LayerCardProps {
  node: BlockPlace;
  /** Whether the run's network has this block, too. */
  isRuns: boolean;
  /** Where it stands: away from its block. */
  edge: 'left' | 'right';
  /** Of the diagram. */
  height: number;
}

/** A block's kind, output shape, weights and activations, on a card at the diagram's edge. */
export function LayerCard({ node, isRuns, edge, height }: LayerCardProps) {
  const t = useText();
  const { block } = node;
  const hasWeights = useHasWeights();
  const [weights] = block.weights;
  const rows = height < SHORT ? 2 : height < TALL ? 3 : 6;
  return (
    <div className={styles.card} data-edge={edge}>
      <p className="font-medium">{fullName(block, t)}</p>
      <p className="text-ink-soft tabular-nums">
        {shapeText(block.shape)} · {t('{n} {n|parameter|parameters}', { n: block.parameters })}
      </p>
      {block.size && <p className="text-ink-soft">{t('Drag it, or use the arrow keys')}</p>}
      {isRuns && hasWeights && weights !== undefined && (
        <>
          <LayerActivations key={`${weights} activations`} weights={weights} rows={rows} />
          <Weights key={weights} weights={weights} rows={rows} />
        </>
      )}
    </div>
  );
}

/** Size of the pictures of weights: small ones a unit, or one large one for a matrix. */
function weightSize(result: ResultOf<'layer'>, rows: number) {
  const { width, height } = result;
  const small = smallSize(result);
  return Math.max(width, height) > 40 && rows > 3 ? { width: 2 * width, height: 2 * height } : small;
}

/** The weights as pictures; grey is 0. */
function Weights({ weights, rows }: { weights: string; rows: number }) {
  const t = useText();
  const [result, problem] = useLayer(weights, 'weights');
  if (!result) return <p className="mt-2 h-24 text-ink-soft">{problem && t.say(problem)}</p>;
  const { total, step } = result;
  const size = weightSize(result, rows);
  const count = Math.min(result.count, rows * Math.max(1, Math.floor((ROOM + 1) / (size.width + 1))));
  return (
    <figure className="mt-2" data-step={step}>
      {result.width === 1 ? (
        <Cells pixels={result.pixels} />
      ) : (
        <div className={styles.tiles} style={{ gridTemplateColumns: `repeat(auto-fill, ${size.width}px)` }}>
          {Array.from({ length: count }, (_, i) => `${weights} ${i}`).map((key, i) => (
            <Picture key={key} batch={result} index={i} size={size} />
          ))}
        </div>
      )}
      <figcaption className="mt-1 text-ink-soft tabular-nums">
        {total > count
          ? t('The first {count} of {total} weight pictures at step {step}: grey is zero', {
              count,
              total,
              step,
            })
          : t('Its weights at step {step}: grey is zero', { step })}
      </figcaption>
    </figure>
  );
}
