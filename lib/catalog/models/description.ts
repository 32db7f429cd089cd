import type * as z from 'zod/mini';
import type { ConceptId } from '../../concepts/anchors';
import type { PlainMessage } from '../../text/keys';
import type { Dataset, DatasetId } from '../datasets';
import type { Parameter, ParameterValue } from '../parameters';
import type { SourceId } from '../sources';

/** Images or texts. */
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
  /** Whether it measures real images or generated ones. */
  readonly side?: 'real' | 'generated';
  /** Its name within its group's chart, beside others. */
  readonly short?: PlainMessage;
}

/** Views of a run. Links name them, so ids stay. */
export type ViewId =
  | 'reconstructions'
  | 'samples'
  | 'real'
  | 'text'
  | 'latent-space'
  | 'units'
  | 'slow'
  | 'try';

/** Ways to explore a model together; lib/room/explore has the document's entries of each. */
export type Exploration = 'coding' | 'walk' | 'styles' | 'writing';

export interface Lesson {
  readonly title: PlainMessage;
  readonly text: PlainMessage;
  readonly figure: 'drawings' | 'cloud' | 'letters' | 'tinted-line' | 'scores';
}

/** What the stage shows before the first run: an invitation, and two lessons. */
export interface Prospect {
  readonly call: PlainMessage;
  readonly lessons: readonly [Lesson, Lesson];
}

/** A preset of one model: what it changes of the defaults. */
export interface OwnPreset {
  /** Links name it, so it stays. */
  readonly id: string;
  /** `start`: opened by the model's card. `failure`: shows something going wrong. */
  readonly kind: 'start' | 'variant' | 'failure';
  readonly label: PlainMessage;
  /** A sentence on what one sees; of a failure, as it was observed. */
  readonly about: PlainMessage;
  /** The model's first one, which needs no network, unless it says otherwise. */
  readonly dataset?: DatasetId;
  readonly values?: Readonly<Record<string, ParameterValue>>;
}

/** A model as the page knows it. Its layers are in `architecture.ts` beside it, its computation in server/models. */
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
  /** The first one is the large view at the beginning. */
  readonly views: readonly [ViewId, ...ViewId[]];
  readonly explores: readonly [Exploration, ...Exploration[]];
  readonly prospect: Prospect;
  /** What the cloud's points can be projected from; the first is the default. */
  readonly sources: readonly [SourceId, ...SourceId[]];
  /** What each of its exported ONNX files does, by the file's name without `.onnx`. */
  readonly exports: Readonly<Record<string, PlainMessage>>;
  /** Concepts that cards explain beside its controls, views and charts. */
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
