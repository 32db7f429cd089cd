'use client';

import { useMemo, useState } from 'react';
import { useRun } from '@/app/_hooks/context';
import { useRecipe } from '@/app/_hooks/recipe';
import { useText } from '@/app/_ui/language';
import { useRem } from '@/app/_view/useRem';
import { useRoomFor } from '@/app/_view/useRoomFor';
import { ViewHeader } from '@/app/_view/ViewHeader';
import { networksOf } from '@/lib/catalog/architectures';
import type { Network } from '@/lib/catalog/blocks';
import type { Recipe } from '@/lib/catalog/models';
import { DiagramDrawing } from './DiagramDrawing';
import { DiagramHandles } from './DiagramHandles';
import styles from './diagram.module.css';
import { layoutOf, type NodePlace } from './diagramLayout';
import { captionsOf } from './diagramText';
import { LayerCard } from './LayerCard';
import { useWorking } from './useWorking';

/** CSS pixels of a rem that the layout counts with; it grows with the rem as a whole. */
const PLAIN_REM = 16;

/**
 * The recipe's networks as a diagram on which layers are resized, added and removed; while they train, what
 * works is lit.
 */
export function NetworkDiagram({ compact = false }: { compact?: boolean }) {
  const recipe = useRecipe();
  // A recipe that isn't whole for a moment keeps the diagram as it was.
  const [kept, setKept] = useState(recipe);
  if (recipe && recipe !== kept) setKept(recipe);
  const shown = recipe ?? kept;
  return shown && <Diagram recipe={shown} compact={compact} />;
}

function Diagram({ recipe, compact }: { recipe: Recipe; compact: boolean }) {
  const t = useText();
  const networks = useMemo(() => networksOf(recipe), [recipe]);
  const captions = captionsOf(recipe.model);
  const working = useWorking(captions.length > 1);
  const [element, room] = useRoomFor();
  const zoom = useRem() / PLAIN_REM;
  const [looked, setLooked] = useState<NodePlace | null>(null);
  const layout = useMemo(
    () =>
      room &&
      layoutOf(
        networks,
        { width: room.width / zoom, height: room.height / zoom },
        compact ? 'small' : 'large',
      ),
    [networks, room, zoom, compact],
  );
  const isRuns = useIsRuns(networks);
  // After a change the block that one looks at is another one of the same name.
  const node = layout?.rows.flatMap((row) => row.nodes).find(({ id }) => id === looked?.id) ?? null;
  return (
    <>
      {!compact && (
        <ViewHeader title="Network" about={<About isRuns={isRuns} isInTurns={working !== 'all'} />} />
      )}
      <div className={compact ? styles.small : styles.frame}>
        <section aria-label={t('Network')} ref={element} data-clip className={styles.scroll}>
          {layout && (
            <div className={styles.sheet} style={{ zoom, width: layout.width, height: layout.height }}>
              <DiagramDrawing layout={layout} recipe={recipe} working={working} compact={compact} />
              {!compact && (
                <DiagramHandles layout={layout} recipe={recipe} networks={networks} onInspect={setLooked} />
              )}
            </div>
          )}
        </section>
        {!compact && <Captions captions={captions} working={working} />}
        {!compact && layout && node?.kind === 'block' && (
          <LayerCard
            node={node}
            isRuns={isRuns === true}
            edge={node.x > layout.width / 2 ? 'left' : 'right'}
            height={layout.height}
          />
        )}
      </div>
    </>
  );
}

function About({ isRuns, isInTurns }: { isRuns: boolean | null; isInTurns: boolean }) {
  const t = useText();
  const isTraining = useRun()?.status.state === 'training';
  return (
    <p className="text-xs text-ink-soft">
      {isRuns === false
        ? t('Takes effect with the next run')
        : isTraining && isInTurns
          ? t('Both take their turns in each step, shown in slow motion')
          : t('Made from the recipe: drag a layer to resize it')}
    </p>
  );
}

interface CaptionsProps {
  captions: ReturnType<typeof captionsOf>;
  working: ReturnType<typeof useWorking>;
}

/** Sentences on what the networks do, one after the other. */
function Captions({ captions, working }: CaptionsProps) {
  const t = useText();
  return (
    <ol className={styles.captions}>
      {captions.map(({ text, side }, i) => (
        <li key={text} data-side={side ?? 'plain'} data-lit={working === 'all' || working === side}>
          {captions.length > 1 && <span>{i + 1}</span>}
          {t(text)}
        </li>
      ))}
    </ol>
  );
}

/** Whether the run's networks are those of the diagram; `null` without a run. */
function useIsRuns(networks: readonly Network[]): boolean | null {
  const run = useRun()?.spec.recipe;
  return useMemo(
    () => (run ? JSON.stringify(networksOf(run)) === JSON.stringify(networks) : null),
    [run, networks],
  );
}
