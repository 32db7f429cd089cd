import { lazy } from 'react';
import { LatentSpace } from '@/app/_features/cloud/LatentSpace';
import { TryCoding } from '@/app/_features/explore/TryCoding';
import { TryGenerator, TryOwnGenerator } from '@/app/_features/explore/TryGenerator';
import type { View } from '@/app/_features/stage/Views';
import type { ModelId } from '@/lib/catalog/models';

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

/** Its title follows what its points are made from. */
const latentSpace: View = { id: 'latent-space', title: 'Latent space', Content: LatentSpace };

const adversarial: readonly View[] = [
  { id: 'samples', title: 'Samples', Content: Samples },
  { id: 'real', title: 'Real images', Content: RealImages },
  latentSpace,
  { id: 'slow', title: 'Slow motion', Content: SlowMotion, isLive: true },
  { id: 'try', title: 'Try it', Content: TryGenerator, isLive: true },
];

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

/** The views of each model; the first is large at first. */
export const viewsOf: Readonly<Record<ModelId, readonly View[]>> = {
  autoencoder: [
    { id: 'reconstructions', title: 'Reconstructions', Content: Reconstructions },
    latentSpace,
    { id: 'try', title: 'Try it', Content: TryCoding, isLive: true },
  ],
  'char-rnn': [
    { id: 'text', title: 'Text', Content: Writing },
    latentSpace,
    { id: 'units', title: 'Units', Content: Units, isLive: true },
    { id: 'try', title: 'Try it', Content: TryText, isLive: true },
  ],
  gan: adversarial,
  dcgan: adversarial,
  stylegan: adversarial,
};

/** Of the generator that somebody brought along. */
export const generatorView: View = {
  id: 'generator',
  title: 'Own generator',
  Content: TryOwnGenerator,
  isLive: true,
};
