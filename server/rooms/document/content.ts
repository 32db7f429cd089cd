import * as Y from 'yjs';
import type { ContentKind } from '@/lib/room/root';
import { isRoot, type RootName } from '@/lib/room/roots';
import { own, say } from '@/lib/text/sentence';
import { Refused } from '../refused';

/** The kinds of an item's values; none for what has been deleted since. */
export function kindsOf(content: Y.Item['content']): (ContentKind | 'other')[] {
  if (content instanceof Y.ContentDeleted) return [];
  if (content instanceof Y.ContentBinary) return ['bytes'];
  if (content instanceof Y.ContentAny)
    return content.arr.map((value) => {
      const kind = value instanceof Uint8Array ? 'bytes' : typeof value;
      return kind === 'number' || kind === 'string' || kind === 'bytes' ? kind : 'other';
    });
  if (content instanceof Y.ContentString || content instanceof Y.ContentFormat) return ['text'];
  if (!(content instanceof Y.ContentType)) return ['other'];
  const { type } = content;
  if (type instanceof Y.Map) return ['map'];
  if (type instanceof Y.Array) return ['array'];
  return [type.constructor === Y.Text ? 'text' : 'other'];
}

/** The root that an item lies in; `null` if its parent has been deleted, so that nobody sees it. */
export type Home = RootName | null;

/** Finds the roots of the items of one update, the known ones of the document and its own. */
export class Homes {
  /** Roots of the update's own items, by rising clock. */
  private readonly own: { readonly end: number; readonly home: Home }[] = [];

  constructor(
    private readonly doc: Y.Doc,
    private readonly client: number,
    private readonly start: number,
  ) {}

  add(end: number, home: Home): void {
    this.own.push({ end, home });
  }

  /** @throws Refused for a root that there isn't, or content of a root that is no entry of it. */
  of({ parent, parentSub, origin, rightOrigin }: Y.Item): Home {
    // As it comes, an item has a root's name or an id here; it names its parent only where no neighbour has the same.
    const named: unknown = parent;
    if (typeof named !== 'string') {
      const near = named instanceof Y.ID ? named : (origin ?? rightOrigin);
      return near && this.at(near);
    }
    if (!isRoot(named))
      throw new Refused(
        'invalid-edit',
        say('Unknown part of the document: {name}', { name: own(named.slice(0, 64)) }),
      );
    if (parentSub === null)
      throw new Refused(
        'invalid-edit',
        say('Entries of {root} expected, got content without a key', { root: own(named) }),
      );
    return named;
  }

  private at({ client, clock }: Y.ID): Home {
    if (client === this.client && clock >= this.start) {
      let [low, high] = [0, this.own.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((this.own[middle]?.end ?? Infinity) <= clock) low = middle + 1;
        else high = middle;
      }
      return this.own[low]?.home ?? null;
    }
    let type = Y.getItem(this.doc.store, { client, clock } as Y.ID) as Y.Item | Y.GC | null;
    for (;;) {
      const parent: unknown = type instanceof Y.Item ? type.parent : null;
      if (!(parent instanceof Y.AbstractType)) return null;
      if (!parent._item) return homeOf(Y.findRootTypeKey(parent));
      type = parent._item;
    }
  }
}

const homeOf = (root: string): Home => (isRoot(root) ? root : null);
