import type { LogEntry } from '@/lib/protocol/messages';
import { type ControlValue, type LiveValues, liveContent } from '@/lib/room/controls';
import { DocumentError } from '@/lib/room/root';
import type { Content } from '@/lib/room/roots';
import type { Storage } from '@/server/storage/storage';
import { type Activity, changesBetween } from '../people/activity';
import type { Member } from '../people/roster';
import type { SerialQueue } from '../queue';
import { Refused } from '../refused';
import { type Change, LoadedDocument } from './document';
import { checkUpdate } from './updates';

/** Updates in a playground's log before they are joined into one. */
const compactAfter = 200;

interface EditorOptions {
  readonly playground: string;
  readonly storage: Storage;
  readonly activity: Activity;
  readonly queue: SerialQueue;
  /** @throws Refused if the document names what isn't there, or if somebody else holds one of the changed controls. */
  check(member: Member, changed: readonly string[]): void;
  /** The name of a data set of people's own. */
  nameOf(id: string): string | undefined;
  /** The run and step that the log's entries are marked with. */
  mark(): LogEntry['at'];
  report(error: unknown): void;
  /** Called when the document can't be read any more. */
  fail(): void;
}

/** An edit that is on disk. */
export interface Edited {
  readonly before: Content;
  readonly update: Uint8Array;
  readonly entries: readonly LogEntry[];
}

/** A playground's document and its log on disk. Edits must not overlap. */
export class Editor {
  private loaded: LoadedDocument;

  /** @throws DocumentError if the updates don't make a whole, valid document. */
  constructor(
    updates: readonly Uint8Array[],
    private readonly options: EditorOptions,
  ) {
    this.loaded = new LoadedDocument(updates);
  }

  get document(): LoadedDocument {
    return this.loaded;
  }

  /** The document's content with live values in place of its own. */
  shown(live: LiveValues): Content {
    const { doc, content } = this.loaded;
    try {
      return live.size === 0 ? content : liveContent(doc, content, live);
    } catch (error) {
      // The document has changed beneath them.
      if (error instanceof DocumentError) return content;
      throw error;
    }
  }

  /** @throws Refused if the document would be invalid with these live values. */
  check(live: LiveValues): void {
    const { doc, content } = this.loaded;
    try {
      liveContent(doc, content, live);
    } catch (error) {
      if (error instanceof DocumentError) throw new Refused('invalid-edit', error.sentence);
      throw error;
    }
  }

  /**
   * Checks and applies an update, and puts it on disk with its log entries.
   * @returns `null` if nothing was new in it. @throws Refused; then the document is as before.
   */
  edit(member: Member, update: Uint8Array): Promise<Edited | null> {
    checkUpdate(this.loaded.doc, member.person.client, update);
    return this.keep(member, (document) => document.apply(update));
  }

  /** Sets a control in somebody's name, as `edit` does. */
  set(member: Member, control: string, value: ControlValue): Promise<Edited | null> {
    return this.keep(member, (document) => document.set(control, value));
  }

  private async keep(
    member: Member,
    act: (document: LoadedDocument) => Change | null,
  ): Promise<Edited | null> {
    const { activity, playground, storage, check, nameOf, mark } = this.options;
    const before = this.loaded.content;
    try {
      const change = act(this.loaded);
      if (!change) return null;
      check(
        member,
        change.paths.map((path) => path.join('/')),
      );
      const changes = changesBetween(before, this.loaded.content, nameOf);
      const entries = activity.describeChanges(member.person, changes, mark());
      await storage.append(playground, change.update, entries);
      activity.keep(entries, member.person);
      if (this.loaded.updates >= compactAfter) this.compactSoon();
      return { before, update: change.update, entries };
    } catch (error) {
      await this.rebuild();
      throw error;
    }
  }

  /** Reloads the document from disk. */
  private async rebuild(): Promise<void> {
    const { playground, storage, report, fail } = this.options;
    try {
      const stored = await storage.load(playground, 0);
      if (!stored) throw new Refused('not-found', 'This playground is gone');
      const document = new LoadedDocument(stored.updates);
      this.loaded.destroy();
      this.loaded = document;
    } catch (error) {
      report(error);
      fail();
    }
  }

  private compactSoon(): void {
    const { playground, storage, queue, report } = this.options;
    queue
      .run(async () => {
        if (this.loaded.updates < compactAfter) return;
        await storage.compact(playground, this.loaded.encode());
        this.loaded.updates = 1;
      })
      .catch(report);
  }
}
