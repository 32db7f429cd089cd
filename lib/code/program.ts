import type { ModelOf, Recipe, RecipeOf, ValuesOf } from '../catalog/models';

export type { Recipe, RecipeOf, ValuesOf };

/** A part of a program: prose that says what it is for, and the code. */
export interface Section {
  readonly title: string;
  /** Sentences, in Markdown without line breaks. */
  readonly about: string;
  readonly code: string;
}

/** A program that a recipe stands for, in the order in which it runs. */
export interface Program {
  readonly title: string;
  readonly about: string;
  readonly sections: readonly Section[];
}

export type ImageRecipe = RecipeOf<ModelOf<'autoencoder' | 'adversarial'>>;
export type AdversarialRecipe = RecipeOf<ModelOf<'adversarial'>>;
