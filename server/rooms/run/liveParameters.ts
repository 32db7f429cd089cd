import { frozenKey, liveKeys, parameterOf, type Recipe } from '@/lib/catalog/models';
import type { NumberParameter } from '@/lib/catalog/parameters';
import type { StoredRun } from '@/server/storage/storage';

export type LiveValues = Readonly<Record<string, number>>;

/** The present values of the parameters that take effect in a running training. */
export function liveValues(recipe: Recipe): LiveValues {
  const keys = liveKeys(recipe.model);
  return Object.fromEntries(
    Object.entries(recipe.values).filter(
      (entry): entry is [string, number] => keys.has(entry[0]) && typeof entry[1] === 'number',
    ),
  );
}

/**
 * The live parameters of a run: as people have set them, or its own where it stands apart from the recipe. What
 * people have set comes as `recipes`, one of every model.
 */
export class LiveParameters {
  private values: LiveValues;
  private apart: boolean;

  /** @param recipe with which the run began. */
  constructor(
    private readonly recipe: Recipe,
    stored: StoredRun['live'],
  ) {
    this.values = stored?.values ?? liveValues(recipe);
    this.apart = stored?.isApart ?? false;
  }

  get isApart(): boolean {
    return this.apart;
  }

  get stored(): NonNullable<StoredRun['live']> {
    return { values: this.values, isApart: this.apart };
  }

  /** Those that the run would go on with. */
  in(recipes: readonly Recipe[]): LiveValues {
    return this.apart ? this.values : liveValues(this.ownOf(recipes));
  }

  /** The recipe with those that the run goes on with. */
  recipeIn(recipes: readonly Recipe[]): Recipe {
    this.values = this.in(recipes);
    return { ...this.recipe, values: { ...this.recipe.values, ...this.values } } as Recipe;
  }

  /** Keeps them if the recipe has become another one while the run was away. */
  comeBackTo(recipes: readonly Recipe[]): void {
    this.apart = frozenKey(this.ownOf(recipes)) !== frozenKey(this.recipe);
  }

  /** More epochs for a run that keeps its own: after those that are done as many again as it began with. */
  extend(done: number): void {
    const { max } = parameterOf(this.recipe.model, 'epochs') as NumberParameter;
    this.values = { ...this.values, epochs: Math.min(max, done + this.recipe.values.epochs) };
  }

  /**
   * @param isChosen the recipe was chosen as a whole: it is for the next run, and this one stands apart from it until the
   * recipe's values are its own again.
   * @returns what has changed for the run.
   */
  follow(recipes: readonly Recipe[], isChosen: boolean): LiveValues {
    const now = liveValues(this.ownOf(recipes));
    const changed = Object.entries(now).filter(([key, value]) => this.values[key] !== value);
    this.apart = changed.length > 0 && (isChosen || this.apart);
    if (this.apart) return {};
    this.values = now;
    return Object.fromEntries(changed);
  }

  private ownOf(recipes: readonly Recipe[]): Recipe {
    return recipes.find(({ model }) => model === this.recipe.model) ?? this.recipe;
  }
}
