import { type Sentence, say } from './sentence';

/** What says that a request was refused; `error` is the same in English, for programs. */
export interface RefusedAnswer {
  readonly code?: string;
  readonly error?: string;
  readonly sentence?: Sentence;
}

/** What an answer that refuses says; something in between may have answered in place of the server. */
export const refusalIn = (status: number, { sentence }: RefusedAnswer): Sentence =>
  sentence ?? say('The server answered with status {status}', { status });
