import { type Sentence, sentenceOf } from '@/lib/text/sentence';
import { append, emptyPassage, lengthOf, type Passage, turnedAt } from './passages';
import type { RequestOf, ResultOf } from './sampling';
import { createStore } from './store';

/** How a text is written, besides its temperature. */
export interface WritingOptions {
  readonly topK: number;
  readonly stop: string;
  /** Characters of the whole text after its prompt. */
  readonly length: number;
  readonly seed: number;
}

/** One of a manuscript's texts: the first, or a branch of another. */
export interface Sheet {
  readonly id: number;
  /** The sheet that it branches from; the first `kept` characters are that one's, but for the last of them. */
  readonly parent: number | null;
  readonly kept: number;
  readonly prompt: string;
  /** Characters of the prompt that the model doesn't know and has left out. */
  readonly unknown: string;
  readonly passage: Passage;
  /** Steps that the weights had been trained when they wrote last. */
  readonly step: number | null;
}

export interface ManuscriptState {
  /** In the order in which they were begun. */
  readonly sheets: readonly Sheet[];
  /** The one shown; -1 for none. */
  readonly shown: number;
  /** The one being written; -1 for none. */
  readonly writing: number;
  readonly problem: Sentence | null;
}

const nothing: ManuscriptState = { sheets: [], shown: -1, writing: -1, problem: null };

/** The sheet that is shown, if there is one. */
export const shownSheet = ({ sheets, shown }: ManuscriptState): Sheet | null =>
  sheets.find(({ id }) => id === shown) ?? null;

/**
 * A text that a model writes piece by piece, and its branches. One thing is written at a time; whatever is asked
 * for next ends it, and what has been written stays.
 */
export class Manuscript {
  readonly state = createStore(nothing);
  private begun = 0;
  /** Counts requests, so that answers to earlier ones are ignored. */
  private turn = 0;
  /** One question at a time: however fast wishes change, only the last of them is asked. */
  private answered: Promise<unknown> = Promise.resolve();

  /** @param ask rejects with what the person who asked is told. */
  constructor(private readonly ask: (request: RequestOf<'text'>) => Promise<ResultOf<'text'>>) {}

  /** Begins a text anew. What was there stays in sight until the first piece has come. */
  async write(prompt: string, temperature: number, options: WritingOptions): Promise<void> {
    const sheet = this.sheet({ prompt: prompt.normalize('NFC'), passage: emptyPassage(temperature) });
    await this.goOn(sheet, options, []);
  }

  /** Branches at a character: what is before it stays, another stands there, the rest is written anew. */
  async branch(place: number, character: string, options: WritingOptions): Promise<void> {
    const state = this.state.get();
    const from = shownSheet(state);
    if (!from || place >= lengthOf(from.passage)) return;
    const sheet = this.sheet({
      parent: from.id,
      kept: place + 1,
      prompt: from.prompt,
      unknown: from.unknown,
      passage: turnedAt(from.passage, place, character),
      step: from.step,
    });
    // Branches differ even where the same character is chosen again.
    await this.goOn(sheet, { ...options, seed: options.seed + sheet.id }, state.sheets);
  }

  /** Takes a text that came from elsewhere as the one to branch from. */
  adopt(passage: Passage, step: number, prompt = '', unknown = ''): void {
    this.stop();
    const sheet = this.sheet({ prompt, unknown, passage, step });
    this.state.set({ ...nothing, sheets: [sheet], shown: sheet.id });
  }

  show(id: number): void {
    this.state.set({ ...this.state.get(), shown: id });
  }

  /** What has come so far stays. */
  stop(): void {
    this.turn += 1;
    this.state.set({ ...this.state.get(), writing: -1 });
  }

  clear(): void {
    this.stop();
    this.state.set(nothing);
  }

  private sheet(given: Partial<Sheet> & Pick<Sheet, 'prompt' | 'passage'>): Sheet {
    const id = this.begun;
    this.begun += 1;
    return { parent: null, kept: 0, unknown: '', step: null, ...given, id };
  }

  private async goOn(first: Sheet, options: WritingOptions, others: readonly Sheet[]): Promise<void> {
    this.turn += 1;
    const { turn } = this;
    let sheet = first;
    let isNew = true;
    const show = (writing: number) => {
      // Meanwhile somebody may have gone back to another sheet.
      const shown = isNew ? sheet.id : this.state.get().shown;
      isNew = false;
      this.state.set({ sheets: [...others, sheet], shown, writing, problem: null });
    };
    if (others.length > 0) show(sheet.id);
    else this.state.set({ ...this.state.get(), writing: sheet.id, problem: null });
    try {
      while (lengthOf(sheet.passage) < options.length) {
        await this.answered;
        if (turn !== this.turn) return;
        const answer = this.ask(requestFor(sheet, options));
        this.answered = answer.catch(() => undefined);
        const { ended, step, unknown, ...piece } = await answer;
        if (turn !== this.turn) return;
        sheet = { ...sheet, step, unknown, passage: append(sheet.passage, piece) };
        if (ended !== 'piece') break;
        show(sheet.id);
      }
      show(-1);
    } catch (error) {
      if (turn !== this.turn) return;
      this.state.set({ ...this.state.get(), writing: -1, problem: sentenceOf(error) });
    }
  }
}

function requestFor({ prompt, passage }: Sheet, { topK, stop, length, seed }: WritingOptions) {
  const written = lengthOf(passage);
  return {
    kind: 'text',
    prompt: prompt + passage.text,
    written,
    length: length - written,
    temperature: passage.temperature,
    seed,
    topK,
    pieces: true,
    ...(stop !== '' && { stop }),
  } as const;
}
