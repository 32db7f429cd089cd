import type { SampleRequest, SampleResult } from '@/lib/protocol/sampling';
import { own, type Sentence, SentenceError, say, sentenceOf } from '@/lib/text/sentence';
import { createStore } from './store';

export type SampleKind = SampleRequest['kind'];
export type RequestOf<Kind extends SampleKind> = Extract<SampleRequest, { kind: Kind }>;
export type ResultOf<Kind extends SampleKind> = Extract<SampleResult, { kind: Kind }>;

/** A sample that could not be had; says why, for the person who asked. */
export class SampleFailed extends SentenceError {
  override readonly name = 'SampleFailed';
}

/** Binary parts as typed arrays: a browser receives them as plain buffers. */
function withBytes(result: SampleResult): SampleResult {
  switch (result.kind) {
    case 'images':
      return { ...result, pixels: new Uint8Array(result.pixels) };
    case 'layer': {
      const { example } = result;
      const shown =
        example && example.kind !== 'text' ? { ...example, pixels: new Uint8Array(example.pixels) } : example;
      return { ...result, pixels: new Uint8Array(result.pixels), ...(shown && { example: shown }) };
    }
    case 'text':
      return {
        ...result,
        probabilities: new Uint8Array(result.probabilities),
        bestProbabilities: new Uint8Array(result.bestProbabilities),
      };
    case 'activations':
      return {
        ...result,
        activations: new Uint8Array(result.activations),
        probabilities: new Uint8Array(result.probabilities),
      };
    case 'recoded':
      return { ...result, coding: new Uint8Array(result.coding), pixels: new Uint8Array(result.pixels) };
    case 'codings':
      return { ...result, codings: new Uint8Array(result.codings) };
    case 'stages':
      return {
        ...result,
        noise: new Uint8Array(result.noise),
        freshNoise: new Uint8Array(result.freshNoise),
        reals: new Uint8Array(result.reals),
        fakes: new Uint8Array(result.fakes),
        freshFakes: new Uint8Array(result.freshFakes),
        freshFakesAfter: new Uint8Array(result.freshFakesAfter),
      };
  }
}

/** @throws SampleFailed if the answer isn't of the kind that was asked for. */
export function readSample<Kind extends SampleKind>(kind: Kind, answer: SampleResult): ResultOf<Kind> {
  const isAsked = (result: SampleResult): result is ResultOf<Kind> => result.kind === kind;
  const result = withBytes(answer);
  if (isAsked(result)) return result;
  throw new SampleFailed(
    say('The server was asked for {what} and answered {other}', {
      what: own(kind),
      other: own(result.kind),
    }),
  );
}

/** @returns a function whose calls resolve in their order, at least `periodMs` milliseconds apart. */
export function createPacer(periodMs: number): () => Promise<void> {
  let free = 0;
  return async () => {
    const now = performance.now();
    const turn = Math.max(now, free);
    free = turn + periodMs;
    if (turn > now) await new Promise((resolve) => setTimeout(resolve, turn - now));
  };
}

/** The state of an asker. */
export interface Asked<Question, Result> {
  /** The newest answer; it stays while another one is awaited, and when that is refused. */
  readonly answer: { readonly question: Question; readonly result: Result } | null;
  /** Why the last question brought nothing. */
  readonly problem: Sentence | null;
  readonly isBusy: boolean;
}

/**
 * Asks one question at a time. Of those that come meanwhile the newest one is asked next and the others
 * never, so a dragged slider stays close to its picture however slow the answers are.
 */
export class Asker<Question, Result> {
  readonly state = createStore<Asked<Question, Result>>({ answer: null, problem: null, isBusy: false });
  private next: { readonly question: Question } | null = null;
  private isAsking = false;

  /** @param reply rejects with what the person who asked is told. */
  constructor(private readonly reply: (question: Question) => Promise<Result>) {}

  ask(question: Question): void {
    this.next = { question };
    this.state.set({ ...this.state.get(), isBusy: true });
    if (!this.isAsking) void this.work();
  }

  private async work(): Promise<void> {
    this.isAsking = true;
    for (let next = this.take(); next; next = this.take()) {
      const { question } = next;
      const news = await this.reply(question).then(
        (result) => ({ answer: { question, result }, problem: null }),
        (error: unknown) => ({ problem: sentenceOf(error) }),
      );
      this.state.set({ ...this.state.get(), ...news, isBusy: this.next !== null });
    }
    this.isAsking = false;
  }

  private take(): { readonly question: Question } | null {
    const { next } = this;
    this.next = null;
    return next;
  }
}
