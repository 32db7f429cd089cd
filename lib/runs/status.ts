import * as z from 'zod/mini';
import { recipeSchema } from '../catalog/models';

/** What a run trains: its recipe, frozen. `live` parameters may change later through the run's own messages. */
export const runSpecSchema = z.object({
  id: z.string(),
  recipe: recipeSchema,
});
export type RunSpec = z.infer<typeof runSpecSchema>;

const progress = z.object({
  /** What is being waited for, as a person would say it: "Downloading train-images". */
  label: z.string(),
  /** Done so far and in all, in `unit`; absent when it can't be known. */
  done: z.optional(z.number()),
  total: z.optional(z.number()),
  unit: z.optional(z.enum(['bytes', 'images'])),
});
export type Progress = z.infer<typeof progress>;

const failureSchema = z.object({
  code: z.enum(['not-finite', 'dataset', 'download', 'executor', 'worker', 'internal']),
  /** What happened, with figures. */
  message: z.string(),
  /** What to try next. */
  hint: z.string(),
});
export type Failure = z.infer<typeof failureSchema>;

/**
 * The life of a run:
 * queued -> starting -> training <-> paused -> finished | stopped | failed.
 * `step` counts completed training steps.
 */
export const runStatusSchema = z.discriminatedUnion('state', [
  /** Waiting for a free worker; `place` 1 is next. */
  z.object({ state: z.literal('queued'), place: z.int().check(z.gte(1)) }),
  /** A worker loads the data and compiles the model. */
  z.object({ state: z.literal('starting'), progress }),
  /** Steps are being taken. */
  z.object({ state: z.literal('training'), step: z.int(), executor: z.string() }),
  /** Holds its state and can go on. `by`: a person pressed Pause, or the server was restarted. */
  z.object({ state: z.literal('paused'), step: z.int(), by: z.enum(['person', 'restart']) }),
  /** All epochs are done. */
  z.object({ state: z.literal('finished'), step: z.int() }),
  /** Somebody pressed Stop. */
  z.object({ state: z.literal('stopped'), step: z.int() }),
  /** Can't go on; the state at `step` was the last good one. */
  z.object({ state: z.literal('failed'), step: z.int(), failure: failureSchema }),
]);
export type RunStatus = z.infer<typeof runStatusSchema>;
export type RunState = RunStatus['state'];

/** What one may press. `reset` puts the playground back to before its run. */
export const commands = ['train', 'pause', 'resume', 'step', 'stop', 'reset'] as const;
export type Command = (typeof commands)[number];

/** Of two competing networks, the one that a step is taken with: the other one stays as it is. */
export const networks = ['generator', 'discriminator'] as const;
export type Network = (typeof networks)[number];

/** The commands that make sense in a state; `null` is a playground without a run. Buttons and server both ask this. */
export function allowedCommands(state: RunState | null): readonly Command[] {
  switch (state) {
    case null:
      return ['train', 'step'];
    case 'queued':
    case 'starting':
      return ['stop', 'reset'];
    case 'training':
      return ['pause', 'stop', 'reset'];
    case 'paused':
      return ['resume', 'step', 'stop', 'reset'];
    case 'finished':
    case 'stopped':
    case 'failed':
      return ['train', 'step', 'reset'];
  }
}
