import type { CostLimits } from '@/lib/catalog/cost/limits';
import type { Generators, Runs, UploadReaders } from '@/server/processes/runs/runs';
import type { Storage } from '@/server/storage/storage';
import type { Sessions } from './people/sessions';

/** What all rooms share. */
export interface RoomServices {
  readonly storage: Storage;
  readonly runs: Runs;
  readonly generators: Generators;
  readonly readers: UploadReaders;
  readonly sessions: Sessions;
  /** What one run may cost. */
  readonly costLimits: CostLimits;
  /** Milliseconds that a room stays in memory after the last person has left. */
  readonly idleMs: number;
  /** Milliseconds that a training which is set aside gets for a last checkpoint; beyond, the one before counts. */
  readonly lastCheckpointMs: number;
  /** Milliseconds since 1970. */
  now(): number;
  /** One line for the operator. */
  log(line: string): void;
}
