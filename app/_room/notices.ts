import { cutText } from '@/lib/text/cut';
import type { Message, PlainMessage } from '@/lib/text/keys';
import { isFilled, type Sentence, say } from '@/lib/text/sentence';
import { createStore } from './store';

/** Milliseconds until a notice leaves by itself. */
const NOTICE_MS = 8_000;
/** Milliseconds in which a person may still do what a notice offers, once there is nothing to wait for. */
const OFFER_MS = 30_000;

/** Something that a person should know; shown until its time is over or it is dismissed. */
export interface Notice {
  readonly id: number;
  readonly sentence: Sentence;
  readonly offer?: Offer;
}

/** What a person may do about a notice, which stays until they do, or dismiss it, or `expire` is called. */
interface Offer {
  readonly label: PlainMessage;
  act(): void;
  /** What it is about: of two offers about the same thing the newer one stays. */
  readonly about: string;
}

/** Says how long a text may be. */
type Limited = Extract<Message, `A ${string} has at most {most} characters`>;

/** Notices to this page's person. */
export class Notices {
  readonly shown = createStore<readonly Notice[]>([]);
  private told = 0;

  /** @returns its id. */
  tell(sentence: Sentence, offer?: Offer): number {
    const notice = { id: ++this.told, sentence, offer };
    const others = this.shown.get().filter((each) => !offer || each.offer?.about !== offer.about);
    this.shown.set([...others, notice]);
    if (!offer) setTimeout(() => this.dismiss(notice.id), NOTICE_MS);
    return notice.id;
  }

  /** A notice's offer stands for a little longer. */
  expire(id: number): void {
    setTimeout(() => this.dismiss(id), OFFER_MS);
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
