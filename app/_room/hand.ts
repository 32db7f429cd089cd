import { limits } from '@/lib/protocol/limits';
import type { Answer, Hold, Refusal } from '@/lib/protocol/messages';
import { type ControlValue, type LiveValues, setControl } from '@/lib/room/controls';
import type { Edit, SharedDocument } from './document';
import { createSignal } from './store';

/** Milliseconds between two live values that are sent; a little slower than the limit, since clocks differ. */
const INTERVAL_MS = 1200 / limits.holdsPerSecond;
/** Milliseconds after the last key that a typed-in control stays held. */
const TYPING_MS = 1500;

interface HandHost {
  readonly document: SharedDocument;
  /** Both resolve with `null` if the connection was lost before an answer came. */
  hold(hold: Hold): Promise<Answer | null>;
  release(): Promise<Answer | null>;
  /** Resolves once the server has every edit made so far. */
  saved(): Promise<void>;
  /** Somebody else holds it, or it was held for too long without a move. */
  lost(refusal: Refusal | null): void;
}

/**
 * What this page's person holds: one control at a time. While they drag it, its value passes beside the document, for
 * all to see; letting go makes it one edit, and one step to undo. Those who type edit the document as they do.
 */
export class Hand {
  private held: Hold | null = null;
  /** What the server has granted, as it was sent last. */
  private granted: Hold | null = null;
  private isSending = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly moved = createSignal();

  constructor(private readonly host: HandHost) {}

  /** Listens to what this person moves. */
  readonly onLive = this.moved.subscribe;

  /** The live value of the control that this person is moving, by the control's name. */
  get live(): LiveValues {
    const { held } = this;
    return new Map(held?.value === undefined ? [] : [[held.control, held.value]]);
  }

  take(control: string): void {
    clearTimeout(this.timer);
    if (this.held?.control === control) return;
    this.letGo();
    this.host.document.closeUndoStep();
    this.held = { control };
    void this.send();
  }

  /** Moves the held control; does nothing if it was lost meanwhile. */
  move(control: string, value: ControlValue): void {
    if (this.held?.control !== control || this.held.value === value) return;
    this.held = { control, value };
    this.moved.notify();
    void this.send();
  }

  release(control: string): void {
    if (this.held?.control === control) this.letGo();
  }

  /** Holds while somebody types, and a moment longer. */
  touch(control: string): void {
    this.take(control);
    this.timer = setTimeout(() => this.release(control), TYPING_MS);
  }

  /** Makes an edit with an undo step of its own, even while the control is held for typing. */
  change(control: string, edit: Edit): boolean {
    const { document } = this.host;
    document.closeUndoStep();
    this.take(control);
    const isMade = document.edit(edit);
    this.release(control);
    return isMade;
  }

  /** To be called after joining: the server knows of no lease of this page. */
  joined(): void {
    this.granted = null;
    void this.send();
  }

  /** To be called with what the server says that this page holds. */
  heard(hold: Hold | null): void {
    if (hold === null && this.held && this.granted && !this.isSending) this.lose(null);
  }

  close(): void {
    clearTimeout(this.timer);
  }

  private letGo(): void {
    clearTimeout(this.timer);
    const { held } = this;
    if (!held) return;
    const { document } = this.host;
    const { control, value } = held;
    this.held = null;
    if (value !== undefined) document.edit((doc, origin) => setControl(doc, control, value, origin));
    document.closeUndoStep();
    this.moved.notify();
    void this.send();
  }

  private lose(refusal: Refusal | null): void {
    clearTimeout(this.timer);
    const isMoved = this.held?.value !== undefined;
    this.held = null;
    this.granted = null;
    this.host.document.closeUndoStep();
    this.moved.notify();
    if (refusal || isMoved) this.host.lost(refusal);
  }

  /** One message at a time, the newest next. */
  private async send(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    while (this.held !== this.granted) {
      const { held } = this;
      const answer = held
        ? await this.host.hold(held)
        : await this.host.saved().then(() => this.host.release());
      // Joining again tells what is held then.
      if (answer === null) break;
      if (answer.ok || answer.code !== 'too-fast') this.granted = held;
      if (!answer.ok && answer.code === 'held') {
        if (this.held?.control === held?.control) this.lose(answer);
        else this.granted = null;
      }
      await new Promise((done) => setTimeout(done, INTERVAL_MS));
    }
    this.isSending = false;
  }
}
