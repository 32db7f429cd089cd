import type { Answer, Joined, Refusal } from '@/lib/protocol/messages';
import { type Sentence, say } from '@/lib/text/sentence';
import { type Edit, SharedDocument, type Step } from './document';
import { Outbox } from './outbox';
import { isKnown } from './rewind';

interface EditingHost {
  send(update: Uint8Array): Promise<Answer | null>;
  /** Joins anew, as the same client. */
  restart(): void;
  /** The controls that others hold. */
  held(): readonly string[];
  /** Keeps what somebody would do to what somebody else holds. */
  keep(again: () => void, control: string): void;
  notify(sentence: Sentence): void;
}

/** The document with what this page's person does to it, until the server has it or has refused it. */
export class Editing {
  readonly document: SharedDocument;
  readonly outbox: Outbox;
  /** Edits to be made again once the document is there. */
  private readonly again: Edit[] = [];

  constructor(private readonly host: EditingHost) {
    this.outbox = new Outbox(host.send, (refusal, steps) => this.refuse(refusal, steps));
    this.document = new SharedDocument((update, step) => this.outbox.push(update, step), {
      held: host.held,
      refuse: host.keep,
    });
  }

  /** Takes the server's document in and sends what it lacks. @returns whether that can be: else it joins once more. */
  join({ you, stateVector, update }: Pick<Joined, 'you' | 'stateVector' | 'update'>): boolean {
    const { document, outbox } = this;
    const isUnsaved = outbox.unsaved.get();
    if (isUnsaved && you.client !== document.client) {
      // Updates written as the former client would be refused.
      this.takeBack('The connection was gone for too long: your last changes could not be kept.');
      return false;
    }
    if (!isUnsaved && document.isAheadOf(stateVector)) {
      // The server goes on from an earlier state than it had acknowledged: only its document is certain.
      document.clear();
      this.host.restart();
      return false;
    }
    document.join(you.client, update);
    const hasArrived = ({ updates }: Step) => updates.every((each) => isKnown(each, stateVector));
    outbox.open(isUnsaved ? document.missing(stateVector) : null, hasArrived);
    return true;
  }

  /** Makes again what was refused only because somebody else held what it changes. */
  makeAgain(): void {
    for (const edit of this.again.splice(0)) this.document.edit(edit);
  }

  /** A step that was refused costs all that came with it, unless it was only about what somebody else holds. */
  private refuse({ code, sentence: reason }: Refusal, steps: readonly Step[]): void {
    const isHeld = code === 'held';
    if (isHeld) this.again.push(...steps.flatMap(({ edit }) => edit ?? []));
    this.takeBack(isHeld ? null : say('Your last change could not be kept: {reason}.', { reason }));
  }

  /** Does without what the server doesn't have, and hears anew what it has. */
  private takeBack(reason: Sentence | null): void {
    if (reason !== null) this.host.notify(reason);
    const steps = this.outbox.steps();
    this.outbox.clear();
    this.document.takeBack(steps);
    this.host.restart();
  }
}
