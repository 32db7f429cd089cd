import type * as z from 'zod/mini';
import type { ConceptId } from '../../concepts/anchors';
import type { PlainMessage } from '../../text/keys';
import type { Dataset, DatasetId } from '../datasets';
import type { Parameter, ParameterValue } from '../parameters';
import type { SourceId } from '../sources';

/** What a data set is made of, and a model learns from. */
export type DataKind = Dataset['kind'];

/** How a model learns, and so how it is trained, shown and explored. */
export type Family = 'autoencoder' | 'adversarial' | 'text';

/** A number that every training step reports. */
export interface Metric {
  readonly key: string;
  readonly label: PlainMessage;
  /**
   * Metrics of one group share a chart: a `loss` is 0 or more, a `divergence` too, in nats; a `share` and a `score` are
   * 0 to 1; a score's balance is 0.5.
   */
  readonly group: 'loss' | 'divergence' | 'share' | 'score';
  /** Whether it tells of real images or of what a network makes. */
  readonly side?: 'real' | 'generated';
  /** Its name within its group's chart, beside others. */
  readonly short?: PlainMessage;
}

/** What a run can be looked at with; each has a place on the page, and in links to it. */
export type ViewId =
  | 'reconstructions'
  | 'samples'
  | 'real'
  | 'text'
  | 'latent-space'
  | 'units'
  | 'slow'
  | 'try';

/** What people explore together of a model; lib/room/explore has the entries of each. */
export type Exploration = 'coding' | 'walk' | 'styles' | 'writing';

export interface Lesson {
  readonly title: PlainMessage;
  readonly text: PlainMessage;
  readonly figure: 'drawings' | 'cloud' | 'letters' | 'tinted-line' | 'scores';
}

/** What one reads before the first run: a call, and two things to look out for. */
export interface Prospect {
  readonly call: PlainMessage;
  readonly lessons: readonly [Lesson, Lesson];
}

/** A recipe worth a link of its own: what it changes of its model's defaults. */
export interface OwnPreset {
  /** What its link is made of; stays as it is, since links are kept. */
  readonly id: string;
  /** `start`: what a model's card opens. `failure`: shows something go wrong. */
  readonly kind: 'start' | 'variant' | 'failure';
  readonly label: PlainMessage;
  /** What one sees with it, in a sentence; of failures, what was seen when they were tried. */
  readonly about: PlainMessage;
  /** The model's first one, which needs no network, unless it says otherwise. */
  readonly dataset?: DatasetId;
  readonly values?: Readonly<Record<string, ParameterValue>>;
}

/** All that people see of a model. Its layers are in `architecture.ts` beside it, its computation in server/models. */
export interface Description<
  Id extends string = string,
  F extends Family = Family,
  Data extends DataKind = DataKind,
  Values extends z.ZodMiniObject = z.ZodMiniObject,
> {
  readonly id: Id;
  readonly label: PlainMessage;
  readonly summary: PlainMessage;
  readonly family: F;
  readonly data: Data;
  readonly metrics: readonly Metric[];
  /** Its hyperparameters in the order in which people see them. */
  readonly parameters: readonly Parameter[];
  /** The typed form of their values. */
  readonly values: Values;
  /** The first is large at first, and what a run shows first. */
  readonly views: readonly [ViewId, ...ViewId[]];
  readonly explores: readonly [Exploration, ...Exploration[]];
  readonly prospect: Prospect;
  /** What the points of its latent space can be made from; the first unless another is chosen. */
  readonly sources: readonly [SourceId, ...SourceId[]];
  /** What each of its sampling graphs does, by the name that the graph's file gets. */
  readonly exports: Readonly<Record<string, PlainMessage>>;
  /** What cards explain at its controls, views and charts. */
  readonly concepts: readonly ConceptId[];
  /** The first is its start. */
  readonly presets: readonly OwnPreset[];
}

/** A description with its exact id, family, data and values. */
export const described = <
  const Id extends string,
  const F extends Family,
  const Data extends DataKind,
  Values extends z.ZodMiniObject,
>(
  description: Description<Id, F, Data, Values>,
): Description<Id, F, Data, Values> => description;

/** All defaults, on data that are there at once. */
export const start = (model: string, about: PlainMessage): OwnPreset => ({
  id: model,
  kind: 'start',
  label: 'Start',
  about,
});

/** All defaults, and the notebook's own data. */
export const notebook = (model: string, dataset: DatasetId, about: PlainMessage): OwnPreset => ({
  id: `${model}-notebook`,
  kind: 'variant',
  label: 'As in the notebook',
  about,
  dataset,
});
