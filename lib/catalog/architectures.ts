import type { Architecture, ExampleShape, Layers, Network } from './blocks';
import { type DataShape, dataShapeOf } from './cost/data';
import type { ImageShape } from './cost/layers';
import { isOf, type ModelId, type ModelOf, type Recipe, type ValuesOf } from './models';
import { autoencoderArchitecture } from './models/autoencoder/architecture';
import { charRnnArchitecture } from './models/charRnn/architecture';
import { dcganArchitecture } from './models/dcgan/architecture';
import { ganArchitecture } from './models/gan/architecture';
import { styleganArchitecture } from './models/stylegan/architecture';
import { vaeArchitecture } from './models/vae/architecture';

type ShapeOf<Id extends ModelId> = Id extends ModelOf<'text'> ? readonly [number] : ImageShape;

const architectures: { readonly [Id in ModelId]: Architecture<ValuesOf<Id>, ShapeOf<Id>> } = {
  autoencoder: autoencoderArchitecture,
  vae: vaeArchitecture,
  'char-rnn': charRnnArchitecture,
  gan: ganArchitecture,
  dcgan: dcganArchitecture,
  stylegan: styleganArchitecture,
};

/** @throws RangeError if `data` isn't of the kind that the model learns from. */
function shapeOf(recipe: Recipe, data: DataShape): ExampleShape {
  if (isOf('text', recipe)) {
    if ('vocabulary' in data) return [data.vocabulary];
    throw new RangeError('A text expected, got images');
  }
  if ('vocabulary' in data) throw new RangeError('Images expected, got a text');
  return [data.height, data.width, data.channels];
}

const architectureOf = ({ model }: Recipe): Architecture<Recipe['values'], ExampleShape> =>
  architectures[model];

/**
 * The layers of a recipe's networks; `data` as the catalog has it, unless told otherwise.
 * @throws RangeError if `data` isn't of the kind that the model learns from.
 */
export const layersOf = (recipe: Recipe, data: DataShape = dataShapeOf(recipe)): Layers =>
  architectureOf(recipe).layers(recipe.values, shapeOf(recipe, data));

/**
 * A recipe's networks in the order in which data go through them.
 * @throws RangeError if `data` isn't of the kind that the model learns from.
 */
export const networksOf = (recipe: Recipe, data: DataShape = dataShapeOf(recipe)): Network[] =>
  architectureOf(recipe).networks(recipe.values, shapeOf(recipe, data));
