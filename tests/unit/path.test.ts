import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { SharedDocument } from '@/app/_room/document';
import { norm } from '@/lib/explore/geometry';
import { drawLatents } from '@/lib/explore/latents';
import {
  alongAt,
  type Blended,
  blendedBetween,
  type Course,
  easings,
  ends,
  isMoving,
  legsOf,
  type Playhead,
  pathWays,
  placeAt,
  positionAt,
} from '@/lib/explore/path';
import { limits } from '@/lib/protocol/limits';
import { addStops, path, removeStop, stopsAt, wayOf } from '@/lib/room/path';
import { addPin, removePin } from '@/lib/room/pins';
import { playhead, playheadText, restingPlayhead } from '@/lib/room/playhead';
import { DocumentError, jsonOf } from '@/lib/room/root';
import { readDocument, seedDocument } from '@/lib/room/roots';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const course: fc.Arbitrary<Course> = fc.record({
  stops: fc.integer({ min: 0, max: 12 }),
  atEnd: fc.constantFrom(...ends),
});
const head: fc.Arbitrary<Playhead> = fc.record({
  position: fc.double({ min: 0, max: 24, noNaN: true }),
  speed: fc.double({ min: limits.slowestPlay, max: limits.fastestPlay, noNaN: true }),
  since: fc.option(fc.integer({ min: 0, max: 1e7 })),
});
const time = fc.integer({ min: 0, max: 2e7 });

describe('where the playhead is', () => {
  test('is always on the path, and between two stops, at each stop exactly there', () => {
    fc.assert(
      fc.property(course, head, time, fc.constantFrom(...easings), (course, head, now, easing) => {
        const position = positionAt(course, head, now);
        expect(position).toBeGreaterThanOrEqual(0);
        expect(position).toBeLessThanOrEqual(legsOf(course));
        const { from, to, t } = placeAt(course, easing, position);
        for (const stop of [from, to]) expect(stop).toBeLessThan(Math.max(1, course.stops));
        expect(t).toBeGreaterThanOrEqual(0);
        expect(t).toBeLessThan(1);
        for (let stop = 0; stop < course.stops; stop++)
          expect(placeAt(course, easing, stop)).toEqual({ from: stop, to: stop, t: 0 });
      }),
    );
  });

  test('stands still while nobody plays, and before the moment from which it moves', () => {
    fc.assert(
      fc.property(course, head, time, time, (course, head, a, b) => {
        const still = { ...head, since: null };
        expect(positionAt(course, still, a)).toBe(positionAt(course, still, b));
        expect(isMoving(course, still, a)).toBe(false);
        const later = { ...head, since: Math.max(a, b) };
        expect(positionAt(course, later, a)).toBe(positionAt(course, later, b));
      }),
    );
  });

  test('halting it and going on, or another speed, leaves it where it is', () => {
    const soon = fc.integer({ min: 0, max: 60_000 });
    fc.assert(
      fc.property(course, head, time, soon, (course, standing, since, later) => {
        const moving = { ...standing, since };
        const now = since + later;
        const halted = { ...moving, position: alongAt(course, moving, now), since: null };
        expect(positionAt(course, halted, now + later)).toBeCloseTo(positionAt(course, moving, now), 6);
        const gone = { ...halted, since: now };
        const [a = 0, b = 0] = [gone, moving].map((each) => positionAt(course, each, now + later));
        // At the very edge it may be at either end of a path that begins anew.
        const apart = Math.abs(a - b);
        expect(Math.min(apart, Math.abs(legsOf(course) - apart))).toBeLessThan(1e-6);
        const faster = { ...gone, speed: limits.fastestPlay };
        expect(positionAt(course, faster, now)).toBe(positionAt(course, gone, now));
      }),
    );
  });

  test('moves evenly: by its speed, and by no more than that in any moment', () => {
    fc.assert(
      fc.property(course, head, time, fc.integer({ min: 0, max: 50 }), (course, head, now, ms) => {
        fc.pre(course.atEnd !== 'again');
        const [a, b] = [now, now + ms].map((each) => positionAt(course, head, each));
        const apart = Math.abs((a ?? 0) - (b ?? 0));
        const least = course.atEnd === 'closed' ? Math.min(apart, legsOf(course) - apart) : apart;
        expect(least).toBeLessThanOrEqual((head.speed * ms) / 1000 + 1e-6);
      }),
    );
  });

  test.each<[Course['atEnd'], readonly number[]]>([
    ['stop', [0, 1, 2, 2, 2, 2]],
    ['again', [0, 1, 0, 1, 0, 1]],
    ['back', [0, 1, 2, 1, 0, 1]],
    ['closed', [0, 1, 2, 0, 1, 2]],
  ])('three stops, a second each, at the end: %s', (atEnd, expected) => {
    const seen = expected.map((_, second) =>
      positionAt({ stops: 3, atEnd }, { position: 0, speed: 1, since: 0 }, 1000 * second),
    );
    expect(seen).toEqual(expected);
  });

  test('of a path that stops it moves until it is there', () => {
    const to = { stops: 3, atEnd: 'stop' } as const;
    const moving = { position: 0, speed: 1, since: 0 };
    expect([1999, 2000, 3000].map((now) => isMoving(to, moving, now))).toEqual([true, false, false]);
    expect(isMoving({ stops: 1, atEnd: 'closed' }, moving, 5)).toBe(false);
    expect(positionAt({ stops: 1, atEnd: 'closed' }, moving, 5000)).toBe(0);
  });

  test('easing keeps the order on a leg', () => {
    fc.assert(
      fc.property(fc.constantFrom(...easings), share, share, (easing, a, b) => {
        const at = (t: number) => {
          const { from, t: eased } = placeAt({ stops: 3, atEnd: 'stop' }, easing, t);
          return from + eased;
        };
        expect(at(Math.min(a, b))).toBeLessThanOrEqual(at(Math.max(a, b)));
        expect(at(0.5)).toBeCloseTo(0.5, 9);
      }),
    );
  });
});

describe('what lies between two pins', () => {
  const size = 24;
  const layers = 6;
  const latents = fc.nat(1_000_000).map((seed) => drawLatents(seed, 4, size) as Float32Array[]);
  const blended = (
    latent: Float32Array | undefined,
    other: Float32Array | undefined,
    share: number | null,
  ): Blended => ({
    latent: latent ?? new Float32Array(size),
    blend:
      share === null
        ? null
        : { other: other ?? new Float32Array(size), shares: new Float32Array(layers).fill(share) },
  });
  const pair = fc
    .tuple(latents, fc.option(share), fc.option(share))
    .map(([[a, b, c, d], s, u]) => [blended(a, b, s), blended(c, d, u)] as const);
  const way = fc.constantFrom(...pathWays);

  test('both ends are exactly there', () => {
    fc.assert(
      fc.property(pair, way, ([from, to], way) => {
        expect(blendedBetween(from, to, 0, way, layers)).toBe(from);
        expect(blendedBetween(from, to, 1, way, layers)).toBe(to);
      }),
    );
  });

  test('the spherical way keeps the norm within 1e-6', () => {
    fc.assert(
      fc.property(latents, share, ([a, b], t) => {
        const [from, to] = [a, b].map((each) => each?.map((value) => (3 * value) / norm(each)));
        const { latent } = blendedBetween(
          blended(from, from, null),
          blended(to, to, null),
          t,
          'spherical',
          0,
        );
        expect(Math.abs(norm(latent) / 3 - 1)).toBeLessThan(1e-6);
      }),
    );
  });

  test('shares stay shares, and nothing jumps', () => {
    fc.assert(
      fc.property(pair, way, share, ([from, to], way, t) => {
        const [a, b] = [t, Math.min(1, t + 1e-4)].map((at) => blendedBetween(from, to, at, way, layers));
        for (const each of [a, b])
          for (const value of each?.blend?.shares ?? []) {
            expect(value).toBeGreaterThanOrEqual(0);
            expect(value).toBeLessThanOrEqual(1);
          }
        fc.pre(t > 0 && t < 0.999);
        const apart = a?.latent.map((value, i) => value - (b?.latent[i] ?? 0)) ?? [];
        expect(norm(apart)).toBeLessThan(0.01);
      }),
    );
  });

  test('through the styles both latents stay as they are, and the second takes part in all layers alike', () => {
    const [a, b] = drawLatents(1, 2, size);
    const { latent, blend } = blendedBetween(blended(a, a, null), blended(b, b, null), 0.25, 'style', layers);
    expect([latent, blend?.other]).toEqual([a, b]);
    expect([...(blend?.shares ?? [])]).toEqual(Array(layers).fill(0.25));
  });
});

const seeded = () => {
  const doc = new Y.Doc();
  seedDocument(doc);
  return doc;
};
const ana = { name: 'Ana', color: 3 };
const pin = { owner: 'gan', latent: Float32Array.of(1, 2), blend: null, run: 'a', step: 1 } as const;

describe('the path in the document', () => {
  test('R87 stops come in their order; a pin may stand twice; those whose pins are gone are passed over, and come back', () => {
    const page = new SharedDocument(() => {});
    page.join(7, Y.encodeStateAsUpdate(seeded()));
    const step = (change: (doc: Y.Doc, origin: unknown) => void) => {
      page.edit(change);
      page.closeUndoStep();
    };
    const ids: string[] = [];
    step((doc, origin) => {
      for (let i = 0; i < 3; i++) ids.push(addPin(doc, pin, ana, origin));
    });
    const [a = '', b = '', c = ''] = ids;
    const standing = () =>
      page.read((doc) => {
        const { pins } = readDocument(doc);
        return stopsAt(path.read(jsonOf(doc.getMap('path'))), pins).map((stop) => stop.pin);
      });
    step((doc, origin) => addStops(doc, [a, b, a], origin));
    expect(standing()).toEqual([a, b, a]);
    step((doc, origin) => removePin(doc, b, origin));
    expect(standing()).toEqual([a, a]);
    step((doc, origin) => addStops(doc, [c], origin));
    expect(standing()).toEqual([a, a, c]);
    page.undo();
    page.undo();
    expect(standing()).toEqual([a, b, a]);
    step((doc, origin) => removeStop(doc, `stop/${a}/0`, origin));
    expect(standing()).toEqual([b, a]);
    page.undo();
    page.undo();
    expect(standing()).toEqual([]);
  });

  test('no more stops than there is room for', () => {
    const doc = seeded();
    const id = addPin(doc, pin, ana, null);
    addStops(doc, Array(limits.pathStops + 5).fill(id), null);
    expect(readDocument(doc).path.stops).toHaveLength(limits.pathStops);
  });

  test('two people who add the same pin at once add it once; in any case all see one order', () => {
    const one = seeded();
    const id = addPin(one, pin, ana, null);
    const two = new Y.Doc();
    Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
    for (const doc of [one, two]) addStops(doc, [id, id], null);
    const [first, second] = [Y.encodeStateAsUpdate(one), Y.encodeStateAsUpdate(two)];
    Y.applyUpdate(one, second);
    Y.applyUpdate(two, first);
    expect(readDocument(one).path.stops).toHaveLength(2);
    expect(readDocument(one).path).toEqual(readDocument(two).path);
  });

  test('what suits a model, until somebody has chosen', () => {
    const free = { way: null };
    expect(wayOf(free, 'gan')).toBe('spherical');
    expect(wayOf(free, 'vae')).toBe('spherical');
    expect(wayOf(free, 'autoencoder')).toBe('linear');
    expect(wayOf({ way: 'style' }, 'stylegan')).toBe('style');
    expect(wayOf({ way: 'style' }, 'gan')).toBe('spherical');
  });

  test.each<[string, Record<string, unknown>, RegExp]>([
    ['a stop without a pin', { 'stop/': 1 }, /Unknown entry of the path: stop\//],
    ['another entry', { colour: 'red' }, /Unknown entry of the path: colour/],
    ['an entry of every object', { constructor: 1 }, /Unknown entry/],
    ['a stop without an order', { 'stop/a/0': Number.NaN }, /number that orders it/],
    ['a stop with a word', { 'stop/a/0': 'first' }, /number that orders it/],
    ['another way', { way: 'by car' }, /wrong way/],
    ['another easing', { easing: 3 }, /wrong easing/],
    ['another end', { atEnd: 'never' }, /wrong atEnd/],
    [
      'one stop too many',
      Object.fromEntries(Array.from({ length: limits.pathStops + 1 }, (_, i) => [`stop/p${i}/0`, i])),
      /at most 64 stops/,
    ],
  ])('%s is refused', (_, json, expected) => {
    expect(() => path.read(json)).toThrow(DocumentError);
    expect(() => path.read(json)).toThrow(expected);
  });
});

describe('the playhead in the document', () => {
  test('comes back as it was', () => {
    fc.assert(
      fc.property(head, (head) => {
        expect(playhead.read({ at: playheadText(head) })).toEqual(head);
      }),
    );
    expect(playhead.read({})).toEqual(restingPlayhead);
  });

  test.each<[string, Record<string, unknown>, RegExp]>([
    ['no JSON', { at: 'now' }, /position, a speed/],
    ['a number', { at: 3 }, /position, a speed/],
    [
      'before the first stop',
      { at: playheadText({ ...restingPlayhead, position: -1 }) },
      /position, a speed/,
    ],
    ['NaN', { at: playheadText({ ...restingPlayhead, position: Number.NaN }) }, /position, a speed/],
    ['too fast', { at: playheadText({ ...restingPlayhead, speed: 100 }) }, /position, a speed/],
    ['standing by its speed', { at: playheadText({ ...restingPlayhead, speed: 0 }) }, /position, a speed/],
    ['half a millisecond', { at: playheadText({ ...restingPlayhead, since: 0.5 }) }, /position, a speed/],
    ['something else', { at: '{"position":0,"speed":1,"since":null,"by":"me"}' }, /position, a speed/],
    ['another entry', { hello: 1 }, /Unknown entry of the playhead: hello/],
  ])('%s is refused', (_, json, expected) => {
    expect(() => playhead.read(json)).toThrow(DocumentError);
    expect(() => playhead.read(json)).toThrow(expected);
  });
});
