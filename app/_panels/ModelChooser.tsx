import { type Preset, recipeOfPreset } from '@/lib/catalog/presets';
import { setRecipe } from '@/lib/room/edit';
import { useHold, useHolder } from '../_client/recipe';
import { Dialog } from '../_ui/Dialog';
import { useText } from '../_ui/language';
import { ModelGallery } from '../_ui/ModelGallery';

/** The gallery inside a playground: a preset becomes the recipe of all, as one step to undo. */
export function ModelChooser({ open, onClose }: { open: boolean; onClose(): void }) {
  const t = useText();
  const hold = useHold('model');
  const holder = useHolder('model');
  const choose = (preset: Preset) => {
    const recipe = recipeOfPreset(preset);
    if (holder === null) hold.change((doc, origin) => setRecipe(doc, recipe, origin));
    onClose();
  };
  return (
    <Dialog title={t('Choose a model')} open={open} isWide onClose={onClose}>
      <ModelGallery onChoose={choose} className="sm:grid-cols-2 lg:grid-cols-5" />
    </Dialog>
  );
}
