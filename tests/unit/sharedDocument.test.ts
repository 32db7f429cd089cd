import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { SharedDocument } from '@/app/_room/document';
import type { AutoencoderValues } from '@/lib/catalog/models/autoencoder';
import { addLayer, removeLayer, setTitle, setValue } from '@/lib/room/edit';
import { readDocument, seedDocument } from '@/lib/room/roots';

const valuesOf = (doc: Y.Doc) => readDocument(doc).recipe.values as AutoencoderValues;

/** A seeded server document with pages that hear each other through it. */
function playground(pages: number) {
  const server = new Y.Doc();
  seedDocument(server);
  const all: SharedDocument[] = [];
  for (let i = 0; i < pages; i++) {
    const page: SharedDocument = new SharedDocument((update) => {
      Y.applyUpdate(server, update);
      for (const other of all) if (other !== page) other.receive(update);
    });
    page.join(100 + i, Y.encodeStateAsUpdate(server));
    all.push(page);
  }
  return { server, all };
}

function first(pages: readonly SharedDocument[]): [SharedDocument, SharedDocument] {
  const [a, b] = pages;
  if (!a || !b) throw new Error('Two pages expected');
  return [a, b];
}

const setRate = (page: SharedDocument, value: number) =>
  page.edit((doc, origin) => setValue(doc, 'autoencoder', 'learningRate', value, origin));
const rateOf = (page: SharedDocument) => page.read((doc) => valuesOf(doc).learningRate);

test('nothing can be read or edited before the server has spoken', () => {
  const page = new SharedDocument(() => {
    throw new Error('Nothing should be sent');
  });
  page.edit((doc, origin) => setTitle(doc, 'Early', origin));
  expect(page.read((doc) => doc.getMap('meta').size)).toBeUndefined();
});

test("undo takes back one's own edits only", () => {
  const { all } = playground(2);
  const [ana, ben] = first(all);
  setRate(ana, 0.5);
  ben.edit((doc, origin) => setValue(doc, 'autoencoder', 'epochs', 5, origin));
  ana.undo();
  expect(rateOf(ben)).toBe(1.5);
  expect(ben.read((doc) => valuesOf(doc).epochs)).toBe(5);
  expect(ana.canUndo()).toBe(false);
  ana.redo();
  expect(rateOf(ben)).toBe(0.5);
});

test('all edits of one gesture are one undo step', () => {
  const { all } = playground(2);
  const [ana] = first(all);
  for (const value of [1, 0.9, 0.8]) setRate(ana, value);
  ana.closeUndoStep();
  for (const value of [0.7, 0.6]) setRate(ana, value);
  ana.undo();
  expect(rateOf(ana)).toBe(0.8);
  ana.undo();
  expect(rateOf(ana)).toBe(1.5);
});

test('a removed layer comes back by undo, on all pages', () => {
  const { all, server } = playground(2);
  const [ana, ben] = first(all);
  ana.edit((doc, origin) => addLayer(doc, 'autoencoder', 'hiddenUnits', 64, origin));
  ana.closeUndoStep();
  ana.edit((doc, origin) => removeLayer(doc, 'autoencoder', 'hiddenUnits', 0, origin));
  expect(valuesOf(server).hiddenUnits).toEqual([64]);
  ana.undo();
  expect(ben.read((doc) => valuesOf(doc).hiddenUnits)).toEqual([100, 64]);
});

test('after clear the document is empty, and listens to its new self', () => {
  const { all, server } = playground(2);
  const [ana] = first(all);
  setRate(ana, 0.5);
  ana.clear();
  expect(rateOf(ana)).toBeUndefined();
  expect(ana.canUndo()).toBe(false);
  ana.join(100, Y.encodeStateAsUpdate(server));
  expect(ana.client).toBe(100);
  let changes = 0;
  ana.subscribe(() => {
    changes += 1;
  });
  setRate(ana, 0.25);
  expect(changes).toBeGreaterThan(0);
  expect(valuesOf(server).learningRate).toBe(0.25);
});
