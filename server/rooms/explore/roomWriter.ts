import { isOf } from '@/lib/catalog/models';
import type { Person } from '@/lib/protocol/messages';
import type { SampleResult } from '@/lib/protocol/sampling';
import { encodeWritten, type Passage } from '@/lib/protocol/writings';
import { askedOf } from '@/lib/room/explore';
import { type Writing, type WrittenPart, wishOf, writingOf, writtenParts } from '@/lib/room/written';
import type { Sentence } from '@/lib/text/sentence';
import type { OutFrame } from '@/server/processes/runs/runs';
import type { Connection } from '../connection';
import { Refused } from '../refused';
import { type ExploredRoom, hasWeights } from './explored';

type Piece = Extract<SampleResult, { kind: 'text' }>;
type Asker = Pick<Person, 'name' | 'color'>;

/** A text that is being written, as far as it has come. */
interface Page {
  readonly asked: string;
  readonly by: Asker | null;
  readonly step: number;
  readonly unknown: string;
  readonly passage: Passage;
  readonly isDone: boolean;
  readonly problem?: Sentence;
}

const empty = (temperature: number): Passage => ({
  temperature,
  text: '',
  probabilities: new Uint8Array(),
  best: '',
  bestProbabilities: new Uint8Array(),
});

const joined = (a: Uint8Array, b: Uint8Array) => new Uint8Array([...a, ...b]);

function longer(passage: Passage, piece: Piece): Passage {
  return {
    temperature: passage.temperature,
    text: passage.text + piece.text,
    probabilities: joined(passage.probabilities, piece.probabilities),
    best: passage.best + piece.best,
    bestProbabilities: joined(passage.bestProbabilities, piece.bestProbabilities),
  };
}

/**
 * Writes the texts that a room asks its model for, piece by piece, once for all pages that look, while any does.
 * A text stays as it was written, with the step of its weights, until somebody asks for another one.
 */
export class RoomWriter {
  private readonly lookers = new Set<Connection>();
  private readonly pages = new Map<WrittenPart, Page>();
  private readonly busy = new Set<WrittenPart>();
  /** What each column asks for, and who asked. */
  private readonly wishes = new Map<WrittenPart, { asked: string; by: Asker | null }>();

  constructor(private readonly room: ExploredRoom) {}

  enter(connection: Connection): void {
    if (this.lookers.has(connection)) return;
    this.lookers.add(connection);
    for (const part of writtenParts) {
      const frame = this.frameOf(part);
      if (frame) connection.frame(frame);
    }
    this.follow(null);
  }

  leave(connection: Connection): void {
    this.lookers.delete(connection);
  }

  close(): void {
    this.lookers.clear();
  }

  /** To be called when the document's wishes may have changed. @param by who changed them. */
  follow(by: Asker | null): void {
    for (const part of writtenParts) {
      const asked = askedOf(part, this.room.decided().explore, 'char-rnn');
      if (this.wishes.get(part)?.asked !== asked)
        this.wishes.set(part, { asked, by: by && { name: by.name, color: by.color } });
      if (this.lookers.size > 0 && !this.busy.has(part)) this.work(part).catch(this.room.report);
    }
  }

  /** What a column asks for; `null` for nothing, or for another run than the present one. */
  private wanted(part: WrittenPart): Writing | null {
    const writing = writingOf(part, wishOf(this.room.decided().explore));
    const run = this.room.control.view();
    return writing && run?.spec.id === writing.run && isOf('text', run.spec.recipe) && hasWeights(run)
      ? writing
      : null;
  }

  private async work(part: WrittenPart): Promise<void> {
    this.busy.add(part);
    try {
      while (this.lookers.size > 0) {
        const writing = this.wanted(part);
        const wish = this.wishes.get(part);
        if (!writing || !wish) return;
        const before = this.pages.get(part);
        const page = before?.asked === wish.asked ? before : fresh(wish, writing);
        if (page.isDone) return;
        const next = await this.goOn(page, writing);
        // Something else may have been asked for meanwhile.
        if (this.wishes.get(part)?.asked !== page.asked) continue;
        this.pages.set(part, next);
        const frame = this.frameOf(part);
        if (frame) for (const connection of this.lookers) connection.frame(frame);
      }
    } finally {
      this.busy.delete(part);
    }
  }

  private async goOn(page: Page, writing: Writing): Promise<Page> {
    const { from, seed, topK, stop, length } = writing;
    const { passage } = page;
    const written = passage.probabilities.length;
    if (written > 0 && wishOf(this.room.decided().explore).isHalted) return { ...page, isDone: true };
    try {
      const piece = await this.room.control.sample({
        kind: 'text',
        prompt: from + passage.text,
        written,
        length: length - written,
        temperature: passage.temperature,
        seed,
        topK,
        pieces: true,
        ...(stop !== '' && { stop }),
      });
      if (piece.kind !== 'text') throw new TypeError(`A text expected, got ${piece.kind}`);
      const { step, unknown, ended } = piece;
      const all = longer(passage, piece);
      const isDone = ended !== 'piece' || all.probabilities.length >= length;
      return { ...page, step, unknown, passage: all, isDone };
    } catch (error) {
      if (!(error instanceof Refused)) this.room.report(error);
      const problem = error instanceof Refused ? error.sentence : 'The server could not do this. Try again';
      return { ...page, isDone: true, problem };
    }
  }

  private frameOf(part: WrittenPart): OutFrame | null {
    const page = this.pages.get(part);
    if (!page) return null;
    const { passage, ...told } = page;
    const { run, from } = JSON.parse(page.asked) as Writing;
    const bytes = encodeWritten({ ...told, run, part, prompt: from }, passage);
    return { kind: 'written', part, bytes };
  }
}

const fresh = (wish: { asked: string; by: Asker | null }, { temperature }: Writing): Page => ({
  ...wish,
  step: 0,
  unknown: '',
  passage: empty(temperature),
  isDone: false,
});
