import type * as Y from 'yjs';
import type { Explorer } from '../catalog/explorers';
import { type ModelId, parameterOf, type Recipe } from '../catalog/models';
import type { ParameterValue } from '../catalog/parameters';
import type { ProjectionKey } from '../catalog/projections';
import { layer } from './recipe';

/** Typed changes of the document. Each is one transaction with `origin`, so that undo can tell whose it was. */

function valuesOf(doc: Y.Doc, model: ModelId): Y.Map<unknown> {
  return doc.getMap('recipe').get(model) as Y.Map<unknown>;
}

function layersOf(doc: Y.Doc, model: ModelId, key: string): Y.Array<Y.Map<number>> {
  return valuesOf(doc, model).get(key) as Y.Array<Y.Map<number>>;
}

export function setTitle(doc: Y.Doc, title: string, origin: unknown): void {
  doc.transact(() => doc.getMap('meta').set('title', title), origin);
}

/** Sets a projection setting, for all in the room. */
export function setProjection(doc: Y.Doc, key: ProjectionKey, value: number | string, origin: unknown): void {
  doc.transact(() => doc.getMap('projection').set(key, value), origin);
}

export function setModel(doc: Y.Doc, model: ModelId, origin: unknown): void {
  doc.transact(() => doc.getMap('recipe').set('model', model), origin);
}

/** Sets what a model learns from; the other models keep theirs. */
export function setDataset(doc: Y.Doc, model: ModelId, dataset: Recipe['dataset'], origin: unknown): void {
  doc.transact(() => valuesOf(doc, model).set('dataset', dataset), origin);
}

/** Sets a number or choice; a layers parameter is replaced as a whole (its reset). */
export function setValue(
  doc: Y.Doc,
  model: ModelId,
  key: string,
  value: ParameterValue,
  origin: unknown,
): void {
  doc.transact(() => {
    if (parameterOf(model, key).kind !== 'layers') {
      valuesOf(doc, model).set(key, value);
      return;
    }
    const layers = layersOf(doc, model, key);
    layers.delete(0, layers.length);
    layers.push((value as readonly number[]).map(layer));
  }, origin);
}

/** Makes `model` the one to train and sets some of its values, all at once. */
export function setValues(
  doc: Y.Doc,
  model: ModelId,
  values: Readonly<Record<string, ParameterValue>>,
  origin: unknown,
): void {
  doc.transact(() => {
    if (doc.getMap('recipe').get('model') !== model) setModel(doc, model, origin);
    for (const [key, value] of Object.entries(values)) setValue(doc, model, key, value, origin);
  }, origin);
}

/** Resizes one layer, counted from 0; a layer that someone has just removed stays removed. */
export function setLayer(
  doc: Y.Doc,
  model: ModelId,
  key: string,
  index: number,
  units: number,
  origin: unknown,
): void {
  doc.transact(() => layersOf(doc, model, key).get(index)?.set('units', units), origin);
}

/** Adds a layer before the one that is `index`-th now, counted from 0; by default behind all. */
export function addLayer(
  doc: Y.Doc,
  model: ModelId,
  key: string,
  units: number,
  origin: unknown,
  index = Number.POSITIVE_INFINITY,
): void {
  doc.transact(() => {
    const layers = layersOf(doc, model, key);
    layers.insert(Math.min(index, layers.length), [layer(units)]);
  }, origin);
}

export function removeLayer(doc: Y.Doc, model: ModelId, key: string, index: number, origin: unknown): void {
  doc.transact(() => layersOf(doc, model, key).delete(index, 1), origin);
}

/** Makes a whole recipe the playground's: its model, data set and all values at once. */
export function setRecipe(doc: Y.Doc, { model, dataset, values }: Recipe, origin: unknown): void {
  doc.transact(() => {
    setModel(doc, model, origin);
    setDataset(doc, model, dataset, origin);
    for (const [key, value] of Object.entries(values)) setValue(doc, model, key, value, origin);
  }, origin);
}

/** Sets what is explored, `null` back to what it is by itself. */
export function setExplored(
  doc: Y.Doc,
  owner: Explorer,
  changes: Readonly<Record<string, number | string | null>>,
  origin: unknown,
): void {
  doc.transact(() => {
    const entries = doc.getMap('explore');
    for (const [key, value] of Object.entries(changes)) {
      const entry = `${owner}/${key}`;
      if (value === null) entries.delete(entry);
      else if (entries.get(entry) !== value) entries.set(entry, value);
    }
  }, origin);
}
