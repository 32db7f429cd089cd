import { type Sentence, SentenceError, say } from '@/lib/text/sentence';

/** What somebody brought can't be learned from; names the file and says what was expected, for the person who brought it. */
export class DataProblem extends SentenceError {
  override readonly name = 'DataProblem';
}

/** The size of a file, with one decimal. */
export const megabytes = (bytes: number): Sentence =>
  say('{n} MB', { n: Math.round((10 * bytes) / 2 ** 20) / 10 });
