import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { SharedDocument } from '@/app/_room/document';
import { DocumentError } from '@/lib/room/root';
import { readDocument, seedDocument } from '@/lib/room/roots';
import { firstUpdate, LoadedDocument } from '@/server/rooms/document/document';
import { checkUpdate } from '@/server/rooms/document/updates';
import { Refused } from '@/server/rooms/refused';

/** What may come into each root, said once more beside the table. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  meta: ['number', 'string'],
  choice: ['number', 'string'],
  projection: ['number', 'string'],
  explore: ['number', 'string'],
  recipe: ['number', 'string', 'map'],
  pins: ['map', 'bytes', 'number', 'string'],
  path: ['number', 'string'],
  playhead: ['number', 'string'],
};

const makers = {
  number: () => 1,
  string: () => 'a',
  map: () => new Y.Map([['units', 3]]),
  array: () => Y.Array.from([1]),
  text: () => new Y.Text('abc'),
  bytes: () => Uint8Array.of(1),
  boolean: () => true,
  null: () => null,
  object: () => ({ units: 3 }),
  list: () => [1, 2],
  xml: () => new Y.XmlElement('a'),
  document: () => new Y.Doc(),
} as const;
type Kind = keyof typeof makers;

const kind = fc.constantFrom(...(Object.keys(makers) as Kind[]));
const root = fc.constantFrom(...Object.keys(allowed), 'secrets', '', '__proto__', 'toString');
const key = fc.constantFrom('title', 'preset', 'cat', 'model', 't', 'autoencoder');

/** The update of `client` for a change of a copy of `doc`. */
function updateOf(doc: Y.Doc, client: number, change: (doc: Y.Doc) => void): Uint8Array {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  copy.clientID = client;
  const before = Y.encodeStateVector(copy);
  copy.transact(() => change(copy));
  return Y.encodeStateAsUpdate(copy, before);
}

function refusalOf(act: () => void): string | null {
  try {
    act();
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(Refused);
    return (error as Refused).code;
  }
}

const seeded = () => {
  const doc = new Y.Doc();
  seedDocument(doc);
  return doc;
};

test('R11 an entry is let into a root if the root is known and has content of its kind, else never', () => {
  const doc = seeded();
  const entry = fc.record({ root, key, kind });
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 5 }), (entries) => {
      const update = updateOf(doc, 7, (copy) => {
        for (const each of entries) copy.getMap(each.root).set(each.key, makers[each.kind]());
      });
      // What the same edit has replaced is deleted, and comes without its content.
      const lasting = entries.filter(
        (each, i) =>
          !entries.slice(i + 1).some((later) => later.root === each.root && later.key === each.key),
      );
      const isFine =
        entries.every((each) => Object.hasOwn(allowed, each.root)) &&
        lasting.every((each) => allowed[each.root]?.includes(each.kind));
      expect(refusalOf(() => checkUpdate(doc, 7, update))).toBe(isFine ? null : 'invalid-edit');
    }),
    { numRuns: 500 },
  );
});

test('R11 what lies in a container is checked as what lies in its root', () => {
  const doc = seeded();
  const place = fc.constantFrom('known', 'own');
  fc.assert(
    fc.property(place, kind, (where, content) => {
      const update = updateOf(doc, 7, (copy) => {
        const values = copy.getMap('recipe').get('autoencoder') as Y.Map<unknown>;
        const layers = values.get('hiddenUnits') as Y.Array<unknown>;
        if (where === 'own') layers.push([new Y.Map([['units', 5]])]);
        const layer = layers.get(layers.length - 1) as Y.Map<unknown>;
        // Both, so that the second one names no parent of its own.
        layer.set('units', 4);
        layer.set('units', makers[content]());
      });
      const isFine = allowed.recipe?.includes(content);
      expect(refusalOf(() => checkUpdate(doc, 7, update))).toBe(isFine ? null : 'invalid-edit');
    }),
  );
});

test('R11 content of a root that is no entry of it is refused', () => {
  const doc = seeded();
  for (const name of Object.keys(allowed)) {
    const stranger = new Y.Doc();
    stranger.clientID = 7;
    stranger.getArray(name).push([1]);
    expect(refusalOf(() => checkUpdate(doc, 7, Y.encodeStateAsUpdate(stranger)))).toBe('invalid-edit');
  }
});

/** Changes of a document, some of which it doesn't allow. */
const change = fc.oneof(
  fc.record({ root: fc.constant('meta'), key: fc.constant('title'), value: fc.string({ maxLength: 90 }) }),
  fc.record({
    root: fc.constant('explore'),
    key: fc.constantFrom('gan/t', 'autoencoder/number/3', 'gan/seed', 'cat/t', '__proto__'),
    value: fc.oneof(fc.integer({ min: 0, max: 2 }), fc.double({ min: 0, max: 1 })),
  }),
  fc.record({
    root: fc.constantFrom('projection'),
    key: fc.constantFrom('perplexity', 'method'),
    value: fc.constantFrom(5, 30, 'umap', 'cat'),
  }),
  fc.record({
    root: fc.constantFrom('autoencoder', 'gan', 'layers', 'recipe'),
    key: fc.constantFrom('epochs', 'codingSize', 'model', '__proto__'),
    value: fc.oneof(fc.integer({ min: -1, max: 30 }), fc.constantFrom('gan', 'autoencoder', 'cat')),
  }),
);

function perform(
  doc: Y.Doc,
  { root: name, key: entry, value }: { root: string; key: string; value: unknown },
) {
  const recipe = doc.getMap('recipe');
  if (name === 'layers') {
    const layers = (recipe.get('autoencoder') as Y.Map<unknown>).get('hiddenUnits') as Y.Array<
      Y.Map<unknown>
    >;
    if (layers.length > 1) layers.delete(0);
    else layers.push([new Y.Map([['units', value]])]);
  } else if (name === 'autoencoder' || name === 'gan') (recipe.get(name) as Y.Map<unknown>).set(entry, value);
  else doc.getMap(name).set(entry, value);
}

test('R12 what is read of a change alone is what is read of the whole document, and refused alike', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
      const first = firstUpdate();
      const updates = [first];
      let loaded = new LoadedDocument(updates);
      for (const each of changes) {
        const update = updateOf(loaded.doc, 7, (copy) => perform(copy, each));
        const whole = new Y.Doc();
        for (const one of [...updates, update]) Y.applyUpdate(whole, one);
        let expected: ReturnType<typeof readDocument> | null = null;
        try {
          expected = readDocument(whole);
        } catch (error) {
          expect(error).toBeInstanceOf(DocumentError);
        }
        const refusal = refusalOf(() => {
          loaded.apply(update);
        });
        expect(refusal).toBe(expected ? null : 'invalid-edit');
        if (expected) {
          expect(loaded.content).toEqual(expected);
          updates.push(update);
        } else loaded = new LoadedDocument(updates);
      }
    }),
    { numRuns: 60 },
  );
});

test('Undo takes back what somebody did in the roots that say so, in no other', () => {
  for (const name of Object.keys(allowed)) {
    const page = new SharedDocument(() => {});
    page.join(7, Y.encodeStateAsUpdate(seeded()));
    page.edit((doc, origin) => doc.transact(() => doc.getMap(name).set('t', 1), origin));
    expect(page.canUndo()).toBe(!['explore', 'playhead'].includes(name));
  }
});
