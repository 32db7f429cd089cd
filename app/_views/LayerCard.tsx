import { useCallback, useEffect } from 'react';
import { useAsker, useHasWeights } from '../_client/useAsker';
import { useText } from '../_ui/language';
import styles from './diagram.module.css';
import type { BlockPlace } from './diagramLayout';
import { fullName, shapeText } from './diagramText';
import { Picture } from './Picture';
import { useLook } from './useLook';

interface LayerCardProps {
  node: BlockPlace;
  /** Whether the run has this block as it is here. */
  isRuns: boolean;
  /** Where it stands: away from its block. */
  edge: 'left' | 'right';
}

/** What a block is, and the run's weights in it as pictures; in a place of its own, so that it covers little. */
export function LayerCard({ node, isRuns, edge }: LayerCardProps) {
  const t = useText();
  const { block } = node;
  const hasWeights = useHasWeights();
  const [weights] = block.weights;
  return (
    <div className={styles.card} data-edge={edge}>
      <p className="font-medium">{fullName(block, t)}</p>
      <p className="text-ink-soft tabular-nums">
        {shapeText(block.shape)} · {t('{n} {n|parameter|parameters}', { n: block.parameters })}
      </p>
      {block.size && <p className="text-ink-soft">{t('Drag it, or use the arrow keys')}</p>}
      {isRuns && hasWeights && weights !== undefined && <Weights key={weights} weights={weights} />}
    </div>
  );
}

/** What each unit looks for or draws: grey is nothing. */
function Weights({ weights }: { weights: string }) {
  const t = useText();
  const [asked, ask] = useAsker<'layer'>();
  const result = asked.answer?.result ?? null;
  const look = useCallback(() => ask({ kind: 'layer', weights }), [ask, weights]);
  useEffect(look, [look]);
  useLook(look);
  if (!result) return <p className="mt-2 h-24 text-ink-soft">{asked.problem && t.foreign(asked.problem)}</p>;
  const { count, total, width, step } = result;
  const side = width > 40 ? 192 : Math.max(14, 28 * Math.floor(28 / Math.max(28, width)));
  return (
    <figure className="mt-2">
      <div
        className={styles.tiles}
        data-step={step}
        style={{ gridTemplateColumns: `repeat(auto-fill, ${side}px)` }}
      >
        {Array.from({ length: count }, (_, i) => `${weights} ${i}`).map((key, i) => (
          <Picture key={key} batch={result} index={i} />
        ))}
      </div>
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
