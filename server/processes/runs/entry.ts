import type { ProjectionSettings } from '@/lib/catalog/projections';
import type { RunSpec, RunStatus } from '@/lib/runs/status';
import type { WorkerProcess } from './pool';
import type { RunListener, StartOptions } from './runs';
import type { Questions } from './samplers';

/** A run that this process holds. Without a worker it queues. */
export interface Entry {
  readonly spec: RunSpec;
  readonly listener: RunListener;
  readonly options: StartOptions;
  live: Readonly<Record<string, number>>;
  projection: ProjectionSettings | undefined;
  worker: WorkerProcess | null;
  /** Open questions to the worker; `null` without a worker. */
  questions: Questions | null;
  status: RunStatus;
  /** Completed steps of the last checkpoint. */
  keptStep: number;
  /** Releases a paused run. */
  timer: NodeJS.Timeout | null;
  hasStepped: boolean;
}

/** A run that has just come. */
export function queued(spec: RunSpec, listener: RunListener, options: StartOptions): Entry {
  return {
    spec,
    listener,
    options,
    live: {},
    projection: options.projection,
    worker: null,
    questions: null,
    status: { state: 'queued', place: 1 },
    keptStep: options.from?.step ?? 0,
    timer: null,
    hasStepped: false,
  };
}
