import * as z from 'zod/mini';
import { recipeSchema } from '../catalog/models';
import type { PlainMessage } from '../text/keys';
import { sentenceSchema } from '../text/sentenceSchema';

/** What a run trains: its recipe, frozen. `live` parameters may change later through the run's own messages. */
export const runSpecSchema = z.object({
  id: z.string(),
  recipe: recipeSchema,
});
export type RunSpec = z.infer<typeof runSpecSchema>;

const progress = z.object({
  /** What is being waited for, as a person would say it: "Downloading train-images". */
  label: sentenceSchema,
  /** Done so far and in all, in `unit`; absent when it can't be known. */
  done: z.optional(z.number()),
  total: z.optional(z.number()),
  unit: z.optional(z.enum(['bytes', 'images'])),
});
export type Progress = z.infer<typeof progress>;

const failureSchema = z.object({
  code: z.enum(['not-finite', 'dataset', 'download', 'executor', 'worker', 'internal']),
  /** What happened, with figures. */
  message: sentenceSchema,
  /** What to try next. */
  hint: sentenceSchema,
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
  /** All epochs are done; raising them goes on from here. */
  z.object({ state: z.literal('finished'), step: z.int() }),
  /** Somebody pressed Stop; it can go on. */
  z.object({ state: z.literal('stopped'), step: z.int() }),
  /** Broke off; the state at `step` was the last good one. */
  z.object({ state: z.literal('failed'), step: z.int(), failure: failureSchema }),
]);
export type RunStatus = z.infer<typeof runStatusSchema>;
export type RunState = RunStatus['state'];

/** As it is said of a run. */
export const stateNames: Readonly<Record<RunState, PlainMessage>> = {
  queued: 'queued##state',
  starting: 'starting##state',
  training: 'training##state',
  paused: 'paused##state',
  finished: 'finished##state',
  stopped: 'stopped##state',
  failed: 'failed##state',
};

/** Whether a process works on the run, or will. */
export function isActive(state: RunState): boolean {
  return state === 'queued' || state === 'starting' || state === 'training';
}

/** Whether the run has come to an end of its own; with its weights it can go on all the same. */
export const isEnded = (state: RunState): boolean => !isActive(state) && state !== 'paused';

/** Steps that finish so many passes over the data. @param stepsPerEpoch need not be whole. */
export function stepsOf(epochs: number, stepsPerEpoch: number): number {
  // A product that should be whole may be a little more.
  return Math.ceil(epochs * stepsPerEpoch - 1e-6);
}

/**
 * What one may press. `train` begins a fresh run; `resume` goes on with the present one, from where it stands;
 * `reset` sets the run aside, so that the playground is as before it; `restore` brings one back that was set aside.
 */
export const commands = ['train', 'pause', 'resume', 'step', 'stop', 'reset', 'restore'] as const;
export type Command = (typeof commands)[number];

/** As buttons and refusals say it. */
export const commandNames: Readonly<Record<Command, PlainMessage>> = {
  train: 'Train',
  pause: 'Pause',
  resume: 'Resume',
  step: 'Step',
  stop: 'Stop',
  reset: 'Reset',
  restore: 'Bring back',
};

/** Of two competing networks, the one that a step is taken with: the other one stays as it is. */
export const networks = ['generator', 'discriminator'] as const;
export type Network = (typeof networks)[number];

/**
 * The commands that make sense in a state; `null` is a playground without a run. Buttons and server both ask this.
 * @param hasWeights whether a run that has ended kept what it can go on from.
 */
export function allowedCommands(state: RunState | null, hasWeights = false): readonly Command[] {
  switch (state) {
    case null:
      return ['train', 'step', 'restore'];
    case 'queued':
    case 'starting':
      return ['stop', 'reset', 'restore'];
    case 'training':
      return ['pause', 'stop', 'reset', 'restore'];
    case 'paused':
      return ['resume', 'step', 'stop', 'reset', 'restore'];
    case 'finished':
    case 'stopped':
    case 'failed':
      return [...(hasWeights ? (['resume'] as const) : []), 'train', 'step', 'reset', 'restore'];
  }
}
