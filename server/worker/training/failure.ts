import type { Failure } from '@/lib/runs/status';
import { DatasetError } from '@/server/datasets/dataset';

/** A metric or weight stopped being a number. `step` counts from 1; `rates` as a person says it. */
export class NotFiniteError extends Error {
  override readonly name = 'NotFiniteError';
  constructor(what: string, step: number, rates: string) {
    super(`${what} stopped being a finite number in step ${step}, at ${rates}`);
  }
}

const adviceOf = (error: unknown): string =>
  (error instanceof DatasetError && error.advice) ||
  'Train again, or choose a data set that needs no files: Glyphs or Verses.';

/** Tells people what happened and what to try. */
export function failureOf(error: unknown): Failure {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  switch (name) {
    case 'NotFiniteError':
      return {
        code: 'not-finite',
        message,
        hint: 'Lower the learning rate to a tenth and train again; a smaller network or larger batches help too.',
      };
    case 'DownloadError':
      return {
        code: 'download',
        message,
        hint: 'Check the network and train again (a broken download goes on where it broke), or use Glyphs or Verses, which need no network.',
      };
    case 'DatasetError':
      return { code: 'dataset', message, hint: adviceOf(error) };
    case 'ExecutorError':
      return {
        code: 'executor',
        message,
        hint: 'Run "npm run doctor" on the server to see what works, or unset COLATENT_EXECUTOR to use the CPU.',
      };
    default:
      return {
        code: 'internal',
        message,
        hint: 'Train again. If it happens again, it is a fault in Colatent.',
      };
  }
}
