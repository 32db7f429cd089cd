import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { SharedDocument } from '@/app/_room/document';
import { explorers } from '@/lib/catalog/explorers';
import { limits } from '@/lib/protocol/limits';
import { latentAt } from '@/lib/room/explore';
import { addPin, drawable, type Kept, orderAt, otherOf, type Pin, pins, removePin } from '@/lib/room/pins';
import { DocumentError, jsonOf } from '@/lib/room/root';
import { readDocument, seedDocument } from '@/lib/room/roots';

const ana = { name: 'Ana', color: 3 };
const float = fc.float({ noNaN: true, noDefaultInfinity: true });
const latentOf = (size: number) =>
  fc.float32Array({ minLength: size, maxLength: size, noNaN: true, noDefaultInfinity: true });

const kept: fc.Arbitrary<Kept> = fc.integer({ min: 1, max: 40 }).chain((size) =>
  fc.record({
    owner: fc.constantFrom(...explorers),
    latent: latentOf(size),
    blend: fc.option(
      fc.record({
        other: latentOf(size),
        shares: fc.float32Array({ min: 0, max: 1, noNaN: true, minLength: 1, maxLength: 8 }),
      }),
    ),
    run: fc.string({ maxLength: limits.runIdCharacters }),
    step: fc.nat(),
  }),
);

const seeded = () => {
  const doc = new Y.Doc();
  seedDocument(doc);
  return doc;
};
const pinsIn = (doc: Y.Doc): readonly Pin[] => readDocument(doc).pins;

describe('what is kept', () => {
  test('comes back exactly, in the order in which it was kept, by whom it was', () => {
    fc.assert(
      fc.property(fc.array(kept, { maxLength: 6 }), (all) => {
        const doc = seeded();
        for (const each of all) addPin(doc, each, ana, null);
        const read = pinsIn(doc);
        expect(read).toEqual(
          all.map((each, i) =>
            expect.objectContaining({ ...each, by: 'Ana', color: 3, name: '', order: i + 1 }),
          ),
        );
        expect(new Set(read.map(({ id }) => id)).size).toBe(all.length);
      }),
    );
  });

  test('two people may keep at once; all see one order', () => {
    const [one, two] = [seeded(), new Y.Doc()];
    Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
    const pin = { owner: 'gan', latent: Float32Array.of(1, 2), blend: null, run: 'a', step: 1 } as const;
    for (const doc of [one, two]) for (let i = 0; i < 3; i++) addPin(doc, pin, ana, null);
    const [first, second] = [Y.encodeStateAsUpdate(one), Y.encodeStateAsUpdate(two)];
    Y.applyUpdate(one, second);
    Y.applyUpdate(two, first);
    expect(pinsIn(one)).toHaveLength(6);
    expect(pinsIn(one)).toEqual(pinsIn(two));
  });

  test('a change is read as the whole is', () => {
    const act = fc.oneof(
      fc.record({ kind: fc.constant('add' as const), kept }),
      fc.record({
        kind: fc.constantFrom('remove' as const, 'name' as const, 'move' as const),
        place: fc.nat(5),
        value: float,
      }),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
        const doc = seeded();
        let content = readDocument(doc);
        for (const each of acts) {
          const id = each.kind === 'add' ? '' : content.pins[each.place]?.id;
          if (id === undefined) continue;
          let touched = id;
          if (each.kind === 'add') touched = addPin(doc, each.kept, ana, null);
          else if (each.kind === 'remove') removePin(doc, id, null);
          else {
            const pin = doc.getMap('pins').get(id) as Y.Map<unknown>;
            if (each.kind === 'name') pin.set('name', 'a name');
            else pin.set('order', each.value);
          }
          content = readDocument(doc, content, new Map([['pins', new Set([touched])]]));
          expect(content.pins).toEqual(readDocument(doc).pins);
        }
      }),
    );
  });

  test('undo takes back what one kept, removed or named, step by step', () => {
    const source = seeded();
    const page = new SharedDocument(() => {});
    page.join(7, Y.encodeStateAsUpdate(source));
    const pin = { owner: 'gan', latent: Float32Array.of(1, 2), blend: null, run: 'a', step: 1 } as const;
    const step = (change: (doc: Y.Doc, origin: unknown) => void) => {
      page.edit(change);
      page.closeUndoStep();
    };
    const names = () =>
      page.read((doc) => pins.read(jsonOf(doc.getMap('pins'))).map(({ name, latent }) => [name, ...latent]));
    let id = '';
    step((doc, origin) => {
      id = addPin(doc, pin, ana, origin);
    });
    step((doc, origin) =>
      doc.transact(() => (doc.getMap('pins').get(id) as Y.Map<unknown>).set('name', 'cat'), origin),
    );
    step((doc, origin) => removePin(doc, id, origin));
    expect(names()).toEqual([]);
    page.undo();
    expect(names()).toEqual([['cat', 1, 2]]);
    page.undo();
    expect(names()).toEqual([['', 1, 2]]);
    page.undo();
    expect(names()).toEqual([]);
    page.redo();
    expect(names()).toEqual([['', 1, 2]]);
  });
});

describe('what is refused', () => {
  const fine = { owner: 'gan', run: 'a', step: 1, name: '', by: 'Ana', color: 0, order: 1 };
  const bytes = (...numbers: number[]) => new Uint8Array(Float32Array.from(numbers).buffer);
  const read = (pin: unknown, id = 'a1') => pins.read({ [id]: pin });

  test.each<[string, unknown, RegExp]>([
    ['no number', { ...fine, latent: new Uint8Array() }, /keeps 1 to 2,048 numbers, got 0/],
    ['half a number', { ...fine, latent: new Uint8Array(6) }, /keeps 1 to 2,048 numbers/],
    ['too many numbers', { ...fine, latent: new Uint8Array(4 * 2049) }, /got 2,049/],
    ['NaN', { ...fine, latent: bytes(1, Number.NaN) }, /finite/],
    ['infinity', { ...fine, latent: bytes(Number.POSITIVE_INFINITY) }, /finite/],
    ['no latent', fine, /latent/],
    ['a latent of text', { ...fine, latent: 'AAAA' }, /latent/],
    ['another owner', { ...fine, latent: bytes(1), owner: 'cat' }, /owner/],
    ['a name too long', { ...fine, latent: bytes(1), name: 'a'.repeat(61) }, /name/],
    ['a colour that there isn’t', { ...fine, latent: bytes(1), color: 12 }, /color/],
    ['no order', { ...fine, latent: bytes(1), order: Number.NaN }, /order/],
    ['something else', { ...fine, latent: bytes(1), secret: 1 }, /Unrecognized|wrong/],
    [
      'a blend of two sizes',
      { ...fine, latent: bytes(1), other: bytes(1, 2), shares: bytes(0.5) },
      /one size/,
    ],
    ['another latent without shares', { ...fine, latent: bytes(1), other: bytes(1) }, /got 0/],
    ['shares without another latent', { ...fine, latent: bytes(1), shares: bytes(1) }, /got 0/],
    ['shares beyond 1', { ...fine, latent: bytes(1), other: bytes(1), shares: bytes(1.5) }, /from 0 to 1/],
    ['no pin at all', 3, /wrong/],
  ])('%s', (_, pin, expected) => {
    expect(() => read(pin)).toThrow(DocumentError);
    expect(() => read(pin)).toThrow(expected);
  });

  test('an id of other characters', () => {
    expect(() => read({ ...fine, latent: bytes(1) }, '__proto__/a')).toThrow(/letters and digits/);
  });

  test('one more than there is room for', () => {
    const all = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${i}`, { ...fine, latent: bytes(1) }]));
    expect(pins.read(all(64))).toHaveLength(64);
    expect(() => pins.read(all(65))).toThrow(/at most 64 pins/);
  });
});

test('a model draws the pins of its own latents, in an order that moving them leaves', () => {
  const doc = seeded();
  const keep = (kept: Partial<Kept>) =>
    addPin(
      doc,
      { owner: 'gan', latent: new Float32Array(3), blend: null, run: 'a', step: 0, ...kept },
      ana,
      null,
    );
  const first = keep({});
  keep({ owner: 'dcgan' });
  keep({ latent: new Float32Array(4) });
  const last = keep({});
  const shape = { size: 3, layers: 0 };
  const before = drawable(pinsIn(doc), 'gan', shape).map(({ id }) => id);
  expect(before.toSorted()).toEqual([first, last].toSorted());
  (doc.getMap('pins').get(last) as Y.Map<unknown>).set('order', 0);
  expect(pinsIn(doc)[0]?.id).toBe(last);
  expect(drawable(pinsIn(doc), 'gan', shape).map(({ id }) => id)).toEqual(before);

  const blend = { other: new Float32Array(3), shares: new Float32Array(6) };
  keep({ owner: 'stylegan', blend });
  expect(drawable(pinsIn(doc), 'stylegan', { size: 3, layers: 6 })).toHaveLength(1);
  expect(drawable(pinsIn(doc), 'stylegan', { size: 3, layers: 8 })).toHaveLength(0);
});

test('an end of a walk is a pin’s latent, or the other one that it blends; one that is gone is the first seed', () => {
  const doc = seeded();
  const blend = { other: Float32Array.of(3, 4), shares: Float32Array.of(0.5) };
  const id = addPin(
    doc,
    { owner: 'stylegan', latent: Float32Array.of(1, 2), blend, run: 'a', step: 0 },
    ana,
    null,
  );
  const all = pinsIn(doc);
  expect([...latentAt(id, 2, all)]).toEqual([1, 2]);
  expect([...latentAt(otherOf(all[0] as Pin), 2, all)]).toEqual([3, 4]);
  expect(latentAt('gone', 2, all)).toEqual(latentAt(1, 2, all));
  expect(latentAt(5, 2, all)).not.toEqual(latentAt(1, 2, all));
});

test('a place between two is between them, at either end beyond them', () => {
  const rising = fc
    .uniqueArray(fc.integer({ min: -1000, max: 1000 }), { maxLength: 10 })
    .map((all) => all.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(rising, fc.nat(10), (orders, place) => {
      const at = Math.min(place, orders.length);
      const all = [...orders.slice(0, at), orderAt(orders, at), ...orders.slice(at)];
      expect(all).toEqual(all.toSorted((a, b) => a - b));
      expect(new Set(all).size).toBe(all.length);
    }),
  );
});
