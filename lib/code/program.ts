import type { Recipe } from '../catalog/models';

export type { Recipe };

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

export type RecipeOf<Model extends Recipe['model']> = Extract<Recipe, { model: Model }>;
export type ImageRecipe = Exclude<Recipe, { model: 'char-rnn' }>;
export type AdversarialRecipe = Exclude<ImageRecipe, { model: 'autoencoder' }>;
export type ValuesOf<Model extends Recipe['model']> = RecipeOf<Model>['values'];
