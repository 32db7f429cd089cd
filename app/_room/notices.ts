import { cutText } from '@/lib/text/cut';
import type { Message, PlainMessage } from '@/lib/text/keys';
import { isFilled, type Sentence, say } from '@/lib/text/sentence';
import { createStore } from './store';

/** Milliseconds until a notice leaves by itself. */
const NOTICE_MS = 8000;

/** Something that a person should know; shown until its time is over or it is dismissed. */
export interface Notice {
  readonly id: number;
  readonly sentence: Sentence;
  /** What the person may do about it; then the notice stays until they do, or dismiss it. */
  readonly action?: { readonly label: PlainMessage; act(): void };
}

/** Says how long a text may be. */
type Limited = Extract<Message, `A ${string} has at most {most} characters`>;

/** Notices to this page's person. */
export class Notices {
  readonly shown = createStore<readonly Notice[]>([]);
  private told = 0;

  tell(sentence: Sentence, action?: Notice['action']): void {
    const notice = { id: ++this.told, sentence, action };
    this.shown.set([...this.shown.get(), notice]);
    if (!action) setTimeout(() => this.dismiss(notice.id), NOTICE_MS);
  }

  dismiss(id: number): void {
    this.shown.set(this.shown.get().filter((notice) => notice.id !== id));
  }

  /** Cuts what was typed or pasted to `most` characters, with `complaint` as a notice if it is longer. */
  within(text: string, most: number, complaint: Limited): string {
    const cut = cutText(text, most);
    const isTold = this.shown
      .get()
      .some(({ sentence }) => isFilled(sentence) && sentence.message === complaint);
    if (cut !== text && !isTold) this.tell(say(complaint, { most }));
    return cut;
  }
}
