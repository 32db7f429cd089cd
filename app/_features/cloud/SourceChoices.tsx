import { useRun } from '@/app/_hooks/context';
import { controls } from '@/app/_hooks/control';
import { useProjection, useProjectionSetting } from '@/app/_hooks/projection';
import { useText } from '@/app/_ui/language';
import { ToolButton } from '@/app/_view/ToolButton';
import { isOf, modelOf, sourceFor } from '@/lib/catalog/models';
import type { CharRnnValues } from '@/lib/catalog/models/charRnn';
import { sourceHelp } from '@/lib/catalog/projections';
import { layerFor, sources } from '@/lib/catalog/sources';
import { PanelRow } from './PanelRow';

/** The choice of the source, for all in the room, of those that the run's model has. */
export function SourceChoices() {
  const t = useText();
  const { recipe } = useRun()?.spec ?? {};
  const { source: wanted } = useProjection();
  const { holder, change } = useProjectionSetting('source');
  if (!recipe) return null;
  const offered = modelOf(recipe.model).sources;
  const chosen = sourceFor(recipe.model, wanted);
  return (
    <>
      {offered.length > 1 && (
        <PanelRow label={t('Points')} control={controls.projection('source')}>
          {offered.map((id) => (
            <ToolButton
              key={id}
              pressed={id === chosen}
              disabled={holder !== null}
              onClick={() => change(id)}
            >
              {t(sources[id].title)}
            </ToolButton>
          ))}
        </PanelRow>
      )}
      <p className="text-xs leading-relaxed text-ink-soft">{t(sourceHelp[chosen])}</p>
      {isOf('text', recipe) && <Layers {...recipe.values} />}
    </>
  );
}

/** The choice of the recurrent layer whose hidden states are shown. */
function Layers({ hiddenUnits }: Pick<CharRnnValues, 'hiddenUnits'>) {
  const t = useText();
  const { layer: wanted } = useProjection();
  const { holder, change } = useProjectionSetting('layer');
  const { length } = hiddenUnits;
  if (length === 1) return null;
  const chosen = layerFor(length, wanted);
  return (
    <PanelRow label={t('Layer')} control={controls.projection('layer')}>
      {hiddenUnits.map((_, layer) => {
        const number = layer + 1;
        return (
          <ToolButton
            key={number}
            pressed={layer === chosen}
            disabled={holder !== null}
            onClick={() => change(number === length ? 'last' : String(number))}
          >
            {number === length ? t('Last') : number}
          </ToolButton>
        );
      })}
    </PanelRow>
  );
}
