import { type LiveValues, liveJson } from '@/lib/room/controls';
import type { RootJson } from '@/lib/room/root';
import type { RootName } from '@/lib/room/roots';
import type { SharedDocument } from './document';
import { createSignal } from './store';

/** A source of live values, which pass beside the document. */
interface LiveSource {
  readonly live: LiveValues;
  onLive(listener: () => void): () => void;
}

/** Reads the plain values of a root of the document. */
export type ReadRoot = (name: RootName) => RootJson;

/** The document's values, with those that somebody is moving in place of its own. */
export class SharedView {
  private readonly roots = new Map<RootName, RootJson>();
  private readonly changed = createSignal();

  constructor(
    private readonly document: SharedDocument,
    private readonly sources: readonly LiveSource[],
  ) {
    const forget = () => {
      this.roots.clear();
      this.changed.notify();
    };
    document.subscribe(forget);
    for (const source of sources) source.onLive(forget);
  }

  readonly subscribe = this.changed.subscribe;

  /** `undefined` until the document is there. */
  read<T>(select: (read: ReadRoot) => T): T | undefined {
    return this.document.read((doc) =>
      select((name) => {
        const known = this.roots.get(name);
        if (known) return known;
        const live = new Map(this.sources.flatMap((source) => [...source.live]));
        const json = liveJson(doc, name, live);
        this.roots.set(name, json);
        return json;
      }),
    );
  }
}
