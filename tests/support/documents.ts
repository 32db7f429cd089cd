import * as Y from 'yjs';
import { type ExploreEntries, explore } from '@/lib/room/explore';
import { layer } from '@/lib/room/recipe';
import { jsonOf } from '@/lib/room/root';

/** A document of schema 1: one model, and one data set beside it. */
export function firstSchemaDocument(): Y.Doc {
  const doc = new Y.Doc();
  doc.transact(() => {
    doc.getMap('meta').set('schema', 1);
    doc.getMap('meta').set('title', 'From before');
    const values = {
      codingSize: 12,
      hiddenUnits: Y.Array.from([200, 50].map(layer)),
      activation: 'relu',
      loss: 'mean-squared-error',
      optimizer: 'adam',
      learningRate: 0.001,
      batchSize: 64,
      epochs: 5,
      validationShare: 10,
      seed: 7,
    };
    doc.getMap('recipe').set('model', 'autoencoder');
    doc.getMap('recipe').set('dataset', 'fashion-mnist');
    doc.getMap('recipe').set('autoencoder', new Y.Map<unknown>(Object.entries(values)));
  });
  return doc;
}

/** What is explored. @throws DocumentError */
export const readExplore = (doc: Y.Doc): ExploreEntries => explore.read(jsonOf(doc.getMap('explore')));
