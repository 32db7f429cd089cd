import type { Failure } from '@/lib/runs/status';
import type { PlainMessage } from '@/lib/text/keys';
import { type Sentence, SentenceError, say, sentenceOf } from '@/lib/text/sentence';
import { DatasetError } from '@/server/datasets/dataset';

/** A metric or weight stopped being a number. `step` counts from 1; `rates` are the learning rates then. */
export class NotFiniteError extends SentenceError {
  override readonly name = 'NotFiniteError';
  constructor(what: PlainMessage, step: number, rates: Sentence) {
    super(say('{what} stopped being a finite number in step {step}, at {rates}', { what, step, rates }));
  }
}

const adviceOf = (error: unknown): Sentence =>
  (error instanceof DatasetError && error.advice) ||
  'Train again, or choose a data set that needs no files: Glyphs or Verses.';

const codes: Readonly<Record<string, Failure['code']>> = {
  NotFiniteError: 'not-finite',
  DownloadError: 'download',
  DatasetError: 'dataset',
  ExecutorError: 'executor',
};

function hintFor(code: Failure['code'], error: unknown): Sentence {
  switch (code) {
    case 'not-finite':
      return 'Lower the learning rate to a tenth and train again; a smaller network or larger batches help too.';
    case 'download':
      return 'Check the network and train again (a broken download goes on where it broke), or use Glyphs or Verses, which need no network.';
    case 'dataset':
      return adviceOf(error);
    case 'executor':
      return 'Run "npm run doctor" on the server to see what works, or unset COLATENT_EXECUTOR to use the CPU.';
    default:
      return 'Train again. If it happens again, it is a fault in Colatent.';
  }
}

/** Tells people what happened and what to try. */
export function failureOf(error: unknown): Failure {
  const code = (error instanceof Error && codes[error.name]) || 'internal';
  return { code, message: sentenceOf(error), hint: hintFor(code, error) };
}
