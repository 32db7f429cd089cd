import type * as Y from 'yjs';
import * as z from 'zod/mini';
import { type Preset, recipeOfPreset } from '../catalog/presets';
import { setRecipe } from './edit';
import { check, type Root } from './root';

/** The preset that somebody chose last, as a whole. */
export interface Choice {
  /** Its id in the catalog; an unknown one is ignored. */
  readonly preset: string;
  /** Rises with each choice, so that the same preset may be chosen again; falls when a choice is taken back. */
  readonly place: number;
}

const choiceSchema = z.union([
  z.strictObject({ preset: z.string().check(z.maxLength(64)), place: z.int() }),
  z.strictObject({ preset: z.optional(z.undefined()) }),
]);

/** Which preset was chosen as a whole: `{ preset, place }`, empty until then. */
export const choice = {
  content: ['number', 'string'],
  isUndoable: true,
  isLogged: true,
  read: (json): Choice | null => {
    const chosen = check(choiceSchema, json);
    return chosen.preset === undefined ? null : chosen;
  },
} as const satisfies Root<Choice | null>;

/** Makes a preset the playground's recipe; one transaction, so one step to undo. */
export function choosePreset(doc: Y.Doc, preset: Preset, origin: unknown): void {
  doc.transact(() => {
    const choice = doc.getMap('choice');
    setRecipe(doc, recipeOfPreset(preset), origin);
    choice.set('preset', preset.id);
    choice.set('place', Number(choice.get('place') ?? 0) + 1);
  }, origin);
}
