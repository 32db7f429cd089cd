import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { limits } from '@/lib/protocol/limits';
import { setExplored } from '@/lib/room/edit';
import { askedOf, codingOf, defaultWalk, gridAxesOf, walkOf } from '@/lib/room/explore';
import { DocumentError } from '@/lib/room/root';
import { readDocument, seedDocument } from '@/lib/room/roots';
import { SharedDocument } from '../../app/_room/document';
import { readExplore } from '../support/documents';

const root = (doc: Y.Doc) => doc.getMap('explore');

test('a document without it is as by itself', () => {
  const doc = new Y.Doc();
  seedDocument(doc);
  expect(codingOf(readExplore(doc), 'autoencoder')).toEqual({ picture: 0, moved: [] });
  for (const walker of ['gan', 'dcgan', 'stylegan', 'generator'] as const)
    expect(walkOf(readExplore(doc), walker)).toEqual(defaultWalk);
  expect(() => readDocument(doc)).not.toThrow();
});

test('each model has its own, and null takes an entry back', () => {
  const doc = new Y.Doc();
  setExplored(doc, 'autoencoder', { picture: 3, 'number/10': 1.5, 'number/2': -0.5 }, null);
  setExplored(doc, 'stylegan', { t: 0.25, 'layer/7': 1, 'layer/0': 0 }, null);
  setExplored(doc, 'gan', { seed: 13, from: 5 }, null);
  expect(codingOf(readExplore(doc), 'autoencoder')).toEqual({
    picture: 3,
    moved: [
      [2, -0.5],
      [10, 1.5],
    ],
  });
  expect(walkOf(readExplore(doc), 'stylegan')).toEqual({
    ...defaultWalk,
    t: 0.25,
    layers: [
      [0, 0],
      [7, 1],
    ],
  });
  expect(walkOf(readExplore(doc), 'gan')).toEqual({ ...defaultWalk, seed: 13, from: 5 });
  expect(walkOf(readExplore(doc), 'dcgan')).toEqual(defaultWalk);
  setExplored(doc, 'autoencoder', { 'number/10': null, 'number/2': null }, null);
  expect(codingOf(readExplore(doc), 'autoencoder')).toEqual({ picture: 3, moved: [] });
});

test('a grid lies over two different numbers that codings have, whatever was chosen', () => {
  const axes = (across: number | null, up: number | null, size: number) => {
    const doc = new Y.Doc();
    setExplored(doc, 'vae', { across, up }, null);
    return gridAxesOf(readExplore(doc), 'vae', size);
  };
  expect(axes(null, null, 2)).toEqual({ across: 0, up: 1 });
  expect(axes(4, 2, 5)).toEqual({ across: 4, up: 2 });
  // Numbers that a smaller coding lacks, and one number twice, as two who choose at once may leave it.
  expect(axes(4, 2, 4)).toEqual({ across: 0, up: 2 });
  expect(axes(3, 3, 4)).toEqual({ across: 3, up: 0 });
  expect(axes(0, 0, 4)).toEqual({ across: 0, up: 1 });
  expect(axes(1, null, 4)).toEqual({ across: 1, up: 0 });
});

test('a part is asked for again only when what it shows has changed', () => {
  const doc = new Y.Doc();
  const parts = ['between', 'ends', 'drawn', 'crossed'] as const;
  const asked = () => parts.map((part) => askedOf(part, readExplore(doc), 'stylegan'));
  const changed = (changes: Record<string, number | null>) => {
    const before = asked();
    setExplored(doc, 'stylegan', changes, null);
    const after = asked();
    return parts.filter((_, i) => before[i] !== after[i]);
  };
  expect(changed({ t: 0.1 })).toEqual(['between']);
  expect(changed({ 'layer/2': 1 })).toEqual(['between']);
  expect(changed({ seed: 13 })).toEqual(['drawn']);
  expect(changed({ to: 14 })).toEqual(['between', 'ends', 'crossed']);
  expect(changed({ truncation: 0.5 })).toEqual([...parts]);
});

describe('readExplore refuses', () => {
  test.each<[string, unknown, string]>([
    ['cat/t', 0, 'Unknown entry of what is explored: cat/t'],
    ['__proto__', '', 'Unknown entry of what is explored: __proto__'],
    ['__proto__/t', 0, 'Unknown entry of what is explored'],
    ['gan/toString', 0, 'Unknown entry of what is explored'],
    ['gan/truncation', 0.5, 'Unknown entry of what is explored: gan/truncation'],
    ['gan', 0, 'Unknown entry of what is explored: gan'],
    ['gan/t', 1.01, 'gan/t: expected a number from 0 to 1'],
    ['gan/t', 'half', 'gan/t: expected a number from 0 to 1'],
    ['gan/t', Number.NaN, 'gan/t: expected a number from 0 to 1'],
    ['gan/seed', 0.5, 'gan/seed: expected a whole number from 0 to 2,147,483,647'],
    ['gan/from', -1, 'gan/from: expected a seed from 0'],
    ['vae/across', limits.exploredNumbers, 'vae/across: expected a whole number from 0 to 47'],
    ['gan/up', 1, 'Unknown entry of what is explored: gan/up'],
    ['autoencoder/picture', 2000, 'autoencoder/picture: expected a whole number from 0 to 1,999'],
    [`autoencoder/number/${limits.exploredNumbers}`, 1, 'Unknown entry of what is explored'],
    ['autoencoder/number/01', 1, 'Unknown entry of what is explored'],
    [
      'autoencoder/number/1',
      Infinity,
      'autoencoder/number/1: expected a number from -1,000,000 to 1,000,000',
    ],
    ['stylegan/layer/8', 1, 'Unknown entry of what is explored: stylegan/layer/8'],
    ['stylegan/layer/0', -0.1, 'stylegan/layer/0: expected a number from 0 to 1'],
  ])('%s = %s', (entry, value, message) => {
    const doc = new Y.Doc();
    root(doc).set(entry, value);
    expect(() => readExplore(doc)).toThrow(DocumentError);
    expect(() => readExplore(doc)).toThrow(message);
  });

  test('whatever else there is, by a DocumentError', () => {
    const part = fc.constantFrom(
      'gan',
      'stylegan',
      'autoencoder',
      't',
      'number',
      'layer',
      '0',
      '9',
      '-1',
      '',
    );
    const key = fc.oneof(
      fc.string(),
      fc.array(part, { maxLength: 4 }).map((parts) => parts.join('/')),
    );
    const value = fc.oneof(fc.double(), fc.string(), fc.constant(new Y.Map()));
    fc.assert(
      fc.property(key, value, (entry, content) => {
        const doc = new Y.Doc();
        root(doc).set(entry, content instanceof Y.Map ? new Y.Map() : content);
        try {
          const [read] = Object.values(readExplore(doc));
          expect(Number.isFinite(read)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(DocumentError);
        }
      }),
    );
  });
});

test('R60 exploring is not what undo takes back', () => {
  const source = new Y.Doc();
  seedDocument(source);
  const shared = new SharedDocument(() => {});
  shared.join(7, Y.encodeStateAsUpdate(source));
  shared.edit((doc, origin) => setExplored(doc, 'gan', { t: 0.9 }, origin));
  expect(shared.canUndo()).toBe(false);
  shared.edit((doc, origin) => {
    doc.transact(() => doc.getMap('meta').set('title', 'Ours'), origin);
  });
  shared.undo();
  expect(shared.read((doc) => doc.getMap('meta').get('title'))).toBe('Untitled playground');
  expect(shared.read((doc) => walkOf(readExplore(doc), 'gan').t)).toBe(0.9);
});
