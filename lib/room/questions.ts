import type { Explorer } from '../catalog/explorers';
import { modelOf } from '../catalog/models';
import type { Exploration } from '../catalog/models/description';
import type { Latent } from '../explore/geometry';
import { asBytes } from '../explore/latents';
import type { Blended } from '../explore/path';
import { fieldValue, type GeneratorField, type GeneratorInfo } from '../protocol/generator';
import { limits } from '../protocol/limits';
import type { SampleRequest } from '../protocol/sampling';
import { type ExploreEntries, fieldEntry, walkOf } from './explore';

type ImageRequest = Extract<SampleRequest, { kind: 'images' }>;

/** What draws latents: the run's model, or a generator that somebody brought. */
export interface Drawer {
  readonly owner: Explorer;
  /** Styled layers of StyleGAN, or of a generator that blends styles; none of others. */
  readonly layers: number;
  /** Further inputs of somebody's own generator. */
  readonly fields: readonly GeneratorField[];
  /** Pictures of one question at most. */
  readonly most: number;
}

/** How many pictures of a generator fit into one answer. */
export const mostOf = ({ height, width, channels }: GeneratorInfo): number =>
  Math.min(limits.sampleImages, Math.floor(limits.sampleBytes / (height * width * channels)));

/** Whether a model is explored in this way; a generator that somebody brought by a walk. */
export const isExplored = (owner: Explorer, how: Exploration): boolean =>
  owner === 'generator' ? how === 'walk' : modelOf(owner).explores.includes(how);

/** Latents to draw, and for StyleGAN those whose styles are blended in, with their shares. */
export interface Drawing {
  readonly latents: readonly Latent[];
  readonly others?: readonly Latent[];
  readonly shares?: readonly Float32Array[];
}

/** A model that blends styles draws all in one way, so that pins look as what was kept. */
export function drawingAt(places: readonly Blended[], layers: number): Drawing {
  const latents = places.map(({ latent }) => latent);
  if (layers === 0) return { latents };
  const others = places.map(({ latent, blend }) => blend?.other ?? latent);
  const shares = places.map(({ blend }) => blend?.shares ?? new Float32Array(layers));
  return { latents, others, shares };
}

/** Settings that all pictures of a question share. */
function toldOf({ owner, layers, fields }: Drawer, entries: ExploreEntries) {
  if (owner === 'generator')
    return { fields: fields.map((field) => fieldValue(field, entries[fieldEntry(field.key)])) };
  if (!isExplored(owner, 'styles') || layers === 0) return {};
  const { truncation, noise } = walkOf(entries, owner);
  return { truncation, noise };
}

/** The questions to the model that bring the pictures of a drawing, in their order. */
export function questionsFor(
  { latents, others, shares }: Drawing,
  drawer: Drawer,
  entries: ExploreEntries,
): ImageRequest[] {
  const { most } = drawer;
  const told = toldOf(drawer, entries);
  const firsts = Array.from({ length: Math.ceil(latents.length / most) }, (_, i) => i * most);
  return firsts.map((first) => {
    const rows = (all: readonly Float32Array[]) => asBytes(all.slice(first, first + most));
    const mixed = others && shares && { others: rows(others), shares: rows(shares) };
    return { kind: 'images', latents: rows(latents), ...told, mixed };
  });
}

/** The same for the pictures of these places. */
export const questionsAt = (
  places: readonly Blended[],
  drawer: Drawer,
  entries: ExploreEntries,
): ImageRequest[] => questionsFor(drawingAt(places, drawer.layers), drawer, entries);
