import { controls, useControl } from '@/app/_hooks/control';
import type { Explored } from '@/app/_hooks/explore';
import { useText } from '@/app/_ui/language';
import { Picture } from '@/app/_view/Picture';
import { SharedRange } from '@/app/_view/SharedRange';
import styles from '@/app/_view/try.module.css';
import type { styleLayers } from '@/lib/catalog/models/stylegan/styleLayers';
import type { Walking } from './walking';

type MixerProps = Walking & {
  layers: ReturnType<typeof styleLayers>;
  /** Pictures from one end to the other, with one more layer of the other each. */
  crossed: Explored | null;
};

/** Style mixing layer by layer, from coarse to fine: each takes the style of one end, the other, or a blend. */
export function StyleMixer(props: MixerProps) {
  const t = useText();
  const { explorable, walk, layers } = props;
  const own = new Map(walk.layers);
  return (
    <>
      <Crossings {...props} />
      <section aria-label={t('Style mixing')} className={styles.layers}>
        {layers.map(({ height, width }, i) => {
          const key = `layer/${i}`;
          const share = own.get(i) ?? walk.t;
          const shown = shareOf(share, t('From'), t('To'));
          return (
            <SharedRange
              key={key}
              control={controls.explore(explorable.owner, key)}
              label={`${i + 1} · ${width} × ${height}`}
              value={share}
              shown={shown}
              said={own.has(i) ? shown : t('{share}, with the way', { share: shown })}
              marked={own.has(i)}
            />
          );
        })}
      </section>
    </>
  );
}

const shareOf = (share: number, from: string, to: string): string =>
  share === 0 ? from : share === 1 ? to : `${Math.round(100 * share)} %`;

/**
 * Pictures with the coarse layers of one end and the fine ones of the other, for each layer where the other may
 * begin.
 */
function Crossings({ explorable, walk, change, layers, crossed }: MixerProps) {
  const t = useText();
  const { holder, touch } = useControl(controls.explore(explorable.owner, 'layer'));
  const isFree = holder === null;
  const own = new Map(walk.layers);
  const isChosen = (first: number) => layers.every((_, i) => own.get(i) === (i < first ? 0 : 1));
  const choose = (first: number) => {
    if (!isFree) return;
    touch();
    change(Object.fromEntries(layers.map((_, i) => [`layer/${i}`, i < first ? 0 : 1])));
  };
  return (
    <div className={styles.crossings}>
      <p className="text-xs text-ink-soft">{t('Coarse layers of From, fine ones of To')}</p>
      <ul aria-label={t('Coarse layers of From, fine ones of To')}>
        {Array.from({ length: layers.length - 1 }, (_, i) => i).map((i) => (
          <li key={i} data-anchor={`try:crossing/${i}`}>
            <button
              type="button"
              aria-pressed={isChosen(i + 1)}
              aria-disabled={!isFree}
              aria-label={t('The first {n} {n|layer|layers} of From, the others of To', { n: i + 1 })}
              title={t('The first {n} {n|layer|layers} of From, the others of To', { n: i + 1 })}
              onClick={() => choose(i + 1)}
              className={styles.choice}
            >
              <Picture batch={crossed} index={layers.length - 1 - i} className={styles.tile} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
