import type { Edit } from '@/app/_room/document';
import type { BlockSize, Growth } from '@/lib/catalog/blocks';
import type { ModelId } from '@/lib/catalog/models';
import { parameterOf } from '@/lib/catalog/models';
import type { NumberParameter } from '@/lib/catalog/parameters';
import { addLayer, removeLayer, setValue } from '@/lib/room/edit';

/** A block's size as a number: its label and range. */
export interface SizeRange
  extends Pick<NumberParameter, 'min' | 'max' | 'integer' | 'scale' | 'unit' | 'label'> {}

export function rangeOf(model: ModelId, size: BlockSize): SizeRange {
  const parameter = parameterOf(model, size.key);
  if (parameter.kind === 'layers')
    return { ...parameter, label: parameter.layerLabel, integer: true, scale: 'log' };
  if (parameter.kind === 'number') return parameter;
  throw new RangeError(`${size.key} of ${model} is no size`);
}

/** How many layers a network has and may have; `null` if that can't be changed. */
export function depthOf(model: ModelId, { key }: Growth, values: Readonly<Record<string, unknown>>) {
  const parameter = parameterOf(model, key);
  const value = values[key];
  if (parameter.kind === 'layers' && Array.isArray(value))
    return { least: parameter.minLayers, most: parameter.maxLayers, now: value.length };
  if (parameter.kind === 'number' && typeof value === 'number')
    return { least: parameter.min, most: parameter.max, now: value };
  throw new RangeError(`${key} of ${model} is no number of layers`);
}

/** Adds a layer as wide as its neighbour, `units`, before the `index`-th. */
export const grown =
  (model: ModelId, growth: Growth, index: number, units: number, now: number): Edit =>
  (doc, origin) =>
    growth.kind === 'layers'
      ? addLayer(doc, model, growth.key, units, origin, index)
      : setValue(doc, model, growth.key, now + 1, origin);

export const shrunk =
  (model: ModelId, growth: Growth, index: number, now: number): Edit =>
  (doc, origin) =>
    growth.kind === 'layers'
      ? removeLayer(doc, model, growth.key, index, origin)
      : setValue(doc, model, growth.key, now - 1, origin);
