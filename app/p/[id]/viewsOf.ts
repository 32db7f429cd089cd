import { lazy } from 'react';
import { LatentSpace } from '@/app/_features/cloud/LatentSpace';
import { TryModel, TryOwnGenerator } from '@/app/_features/explore/TryModel';
import type { View } from '@/app/_features/stage/Views';
import { type ModelId, modelOf } from '@/lib/catalog/models';
import type { Exploration, ViewId } from '@/lib/catalog/models/description';

/** Loaded with the first run of an autoencoder. */
const Reconstructions = lazy(async () => ({
  default: (await import('@/app/_features/pictures/Reconstructions')).Reconstructions,
}));

/** Loaded with the first run of a generator. */
const Samples = lazy(async () => ({ default: (await import('@/app/_features/pictures/Samples')).Samples }));
const RealImages = lazy(async () => ({
  default: (await import('@/app/_features/pictures/Samples')).RealImages,
}));
const SlowMotion = lazy(async () => ({
  default: (await import('@/app/_features/slow/SlowMotion')).SlowMotion,
}));

/** Loaded with the first run of a text model. */
const Writing = lazy(async () => ({ default: (await import('@/app/_features/writing/Writing')).Writing }));
const Units = lazy(async () => ({ default: (await import('@/app/_features/writing/Units')).Units }));
const TryText = lazy(async () => ({ default: (await import('@/app/_features/writing/TryText')).TryText }));

/** Its drawing is loaded when it is first shown, small or large. */
const NetworkDiagram = lazy(async () => ({
  default: (await import('@/app/_features/network/NetworkDiagram')).NetworkDiagram,
}));
export const networkView: View = {
  id: 'network',
  title: 'Network',
  Content: NetworkDiagram,
  isLive: true,
};

const views: Readonly<Record<Exclude<ViewId, 'try'>, View>> = {
  reconstructions: { id: 'reconstructions', title: 'Reconstructions', Content: Reconstructions },
  samples: { id: 'samples', title: 'Samples', Content: Samples },
  real: { id: 'real', title: 'Real images', Content: RealImages },
  text: { id: 'text', title: 'Text', Content: Writing },
  // Its title follows what its points are made from.
  'latent-space': { id: 'latent-space', title: 'Latent space', Content: LatentSpace },
  units: { id: 'units', title: 'Units', Content: Units, isLive: true },
  slow: { id: 'slow', title: 'Slow motion', Content: SlowMotion, isLive: true },
};

const tryView = (Content: View['Content']): View => ({ id: 'try', title: 'Try it', Content, isLive: true });
const tries: Readonly<Record<Exploration, View>> = {
  coding: tryView(TryModel),
  walk: tryView(TryModel),
  styles: tryView(TryModel),
  writing: tryView(TryText),
};

/** A model's views; the first is large at first. */
export const viewsOf = (model: ModelId): readonly View[] =>
  modelOf(model).views.map((id) => (id === 'try' ? tries[modelOf(model).explores[0]] : views[id]));

/** Of the generator that somebody brought along. */
export const generatorView: View = {
  id: 'generator',
  title: 'Own generator',
  Content: TryOwnGenerator,
  isLive: true,
};
