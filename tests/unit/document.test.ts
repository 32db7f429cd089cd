import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { defaultValues } from '@/lib/catalog/models';
import type { AutoencoderValues } from '@/lib/catalog/models/autoencoder';
import { addLayer, removeLayer, setDataset, setLayer, setModel, setTitle, setValue } from '@/lib/room/edit';
import { DocumentError } from '@/lib/room/root';
import { readDocument, seedDocument } from '@/lib/room/roots';

function seeded(): Y.Doc {
  const doc = new Y.Doc();
  seedDocument(doc);
  return doc;
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

function exchange(a: Y.Doc, b: Y.Doc): void {
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
}

const values = (doc: Y.Doc) => readDocument(doc).recipe.values as AutoencoderValues;

test('a seeded document reads as the defaults', () => {
  expect(readDocument(seeded()).recipe).toEqual({
    model: 'autoencoder',
    dataset: 'glyphs',
    values: defaultValues('autoencoder'),
  });
});

test('every model keeps its own data set and values', () => {
  const doc = seeded();
  setDataset(doc, 'autoencoder', 'fashion-mnist', 'a');
  setModel(doc, 'char-rnn', 'a');
  setValue(doc, 'char-rnn', 'cell', 'lstm', 'a');
  expect(readDocument(doc).recipe).toMatchObject({
    model: 'char-rnn',
    dataset: 'verses',
    values: { cell: 'lstm' },
  });
  setModel(doc, 'gan', 'a');
  expect(readDocument(doc).recipe).toEqual({ model: 'gan', dataset: 'glyphs', values: defaultValues('gan') });
  setModel(doc, 'autoencoder', 'a');
  expect(readDocument(doc).recipe.dataset).toBe('fashion-mnist');
});

describe('concurrent edits', () => {
  test('of two controls both survive', () => {
    const a = seeded();
    const b = copyOf(a);
    setValue(a, 'autoencoder', 'learningRate', 0.5, 'a');
    setValue(b, 'autoencoder', 'codingSize', 2, 'b');
    setDataset(b, 'autoencoder', 'fashion-mnist', 'b');
    exchange(a, b);
    expect(readDocument(a)).toEqual(readDocument(b));
    expect(values(a)).toMatchObject({ learningRate: 0.5, codingSize: 2 });
  });

  test('resizing one layer while another is added keeps both', () => {
    const a = seeded();
    const b = copyOf(a);
    setLayer(a, 'autoencoder', 'hiddenUnits', 0, 64, 'a');
    addLayer(b, 'autoencoder', 'hiddenUnits', 32, 'b');
    exchange(a, b);
    expect(values(a).hiddenUnits).toEqual([64, 32]);
    expect(values(b).hiddenUnits).toEqual([64, 32]);
  });

  test('a layer that one resizes and another removes stays removed', () => {
    const a = seeded();
    const b = copyOf(a);
    setLayer(a, 'autoencoder', 'hiddenUnits', 0, 64, 'a');
    removeLayer(b, 'autoencoder', 'hiddenUnits', 0, 'b');
    exchange(a, b);
    expect(values(a).hiddenUnits).toEqual([]);
  });
});

test("undo takes back one's own change only", () => {
  const doc = seeded();
  const mine = new Y.UndoManager([doc.getMap('recipe'), doc.getMap('meta')], {
    trackedOrigins: new Set(['me']),
  });
  setValue(doc, 'autoencoder', 'epochs', 5, 'me');
  setValue(doc, 'autoencoder', 'codingSize', 9, 'other');
  mine.undo();
  expect(values(doc)).toMatchObject({ epochs: 20, codingSize: 9 });
});

describe('readDocument refuses', () => {
  test.each<[string, (doc: Y.Doc) => void, string]>([
    ['an unknown root', (doc) => doc.getMap('secrets').set('a', 1), 'Unknown part of the document: secrets'],
    ['an unknown entry', (doc) => doc.getMap('recipe').set('cat', 1), 'Unknown entry of the recipe: cat'],
    ['an unknown model', (doc) => doc.getMap('recipe').set('model', 'oracle'), 'Unknown model: oracle'],
    [
      'a value out of range',
      (doc) => setValue(doc, 'autoencoder', 'learningRate', 11, null),
      'Learning rate must be a number from 0.00001 to 10',
    ],
    [
      'too many layers',
      (doc) => setValue(doc, 'autoencoder', 'hiddenUnits', [8, 8, 8, 8, 8], null),
      'Hidden layers must have 0 to 4 layers',
    ],
    [
      'images for a model that learns from text, whatever model is chosen',
      (doc) => setDataset(doc, 'char-rnn', 'glyphs', null),
      'Character RNN learns from text: choose Verses or Shakespeare',
    ],
    [
      'a text for a model that learns from images',
      (doc) => setDataset(doc, 'dcgan', 'shakespeare', null),
      'DCGAN learns from images: choose Glyphs or Fashion-MNIST',
    ],
    ['a long title', (doc) => setTitle(doc, 'x'.repeat(81), null), 'A title has at most 80 characters'],
    [
      'an empty document',
      (doc) => doc.getMap('recipe').clear(),
      'The recipe lacks the values of autoencoder',
    ],
  ])('%s', (_, change, message) => {
    const doc = seeded();
    change(doc);
    expect(() => readDocument(doc)).toThrow(DocumentError);
    expect(() => readDocument(doc)).toThrow(message);
  });
});
