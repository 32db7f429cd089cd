import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { SharedDocument, type Step } from '@/app/_room/document';
import { addLayer, removeLayer, setTitle, setValue } from '@/lib/room/edit';
import { rootNames, seedDocument } from '@/lib/room/roots';

const seeded = (() => {
  const doc = new Y.Doc();
  seedDocument(doc);
  return Y.encodeStateAsUpdate(doc);
})();

/** A server and a page whose steps it takes, as long as it does; others change what is there, too. */
function playground() {
  const server = new Y.Doc();
  Y.applyUpdate(server, seeded);
  server.clientID = 50;
  const refused = new Set<Step>();
  let takes = true;
  const page = new SharedDocument((update, step) => {
    if (takes) Y.applyUpdate(server, update, page);
    else if (step) refused.add(step);
  });
  server.on('update', (update: Uint8Array, origin) => {
    if (origin !== page) page.receive(update);
  });
  page.join(100, Y.encodeStateAsUpdate(server));
  return {
    server,
    page,
    /** From now on nothing is taken. */
    refuse: () => {
      takes = false;
    },
    /** The page does without what wasn't taken, and joins again. */
    takeBack: () => {
      takes = true;
      if (refused.size === 0) return;
      page.takeBack([...refused]);
      page.join(100, Y.encodeStateAsUpdate(server, page.stateVector()));
    },
  };
}

type Playground = ReturnType<typeof playground>;
type Act = (playground: Playground) => void;

const model = 'autoencoder';
type Layers = Y.Array<Y.Map<number>>;
const layersOf = (doc: Y.Doc) => (doc.getMap('recipe').get(model) as Y.Map<Layers>).get('hiddenUnits');
const unitsOf = ({ page }: Playground): number[] =>
  page.read((doc) => layersOf(doc)?.map((layer) => layer.get('units') ?? Number.NaN)) ?? [];

const add =
  (units: number): Act =>
  ({ page }) => {
    page.edit((doc, origin) => addLayer(doc, model, 'hiddenUnits', units, origin));
  };
const remove =
  (index: number): Act =>
  (all) => {
    if (index < unitsOf(all).length)
      all.page.edit((doc, origin) => removeLayer(doc, model, 'hiddenUnits', index, origin));
  };
const resize =
  (index: number, units: number): Act =>
  (all) => {
    if (index < unitsOf(all).length)
      all.page.edit((doc, origin) =>
        doc.transact(() => layersOf(doc)?.get(index).set('units', units), origin),
      );
  };

const number = fc.integer({ min: 1, max: 9 });
const own: fc.Arbitrary<Act> = fc.oneof(
  number.map(
    (value): Act =>
      ({ page }) => {
        page.edit((doc, origin) => setValue(doc, model, 'epochs', value, origin));
      },
  ),
  number.map(add),
  fc.nat(3).map(remove),
  fc.tuple(fc.nat(3), number).map(([index, units]) => resize(index, units)),
  fc.string({ maxLength: 4 }).map(
    (text): Act =>
      ({ page }) => {
        page.edit((doc, origin) => setTitle(doc, text, origin));
      },
  ),
  { weight: 2, arbitrary: fc.constant<Act>(({ page }) => page.closeUndoStep()) },
  fc.constant<Act>(({ page }) => page.undo()),
  fc.constant<Act>(({ page }) => page.redo()),
);
/** Somebody else, through the server. */
const others: fc.Arbitrary<Act> = fc.oneof(
  fc.integer({ min: 1, max: 9 }).map(
    (value): Act =>
      ({ server }) => {
        setValue(server, model, 'batchSize', value, 'other');
      },
  ),
  fc.integer({ min: 1, max: 9 }).map(
    (value): Act =>
      ({ server }) => {
        setValue(server, model, 'epochs', value, 'other');
      },
  ),
);
const acts = fc.array(fc.oneof({ weight: 5, arbitrary: own }, { weight: 1, arbitrary: others }), {
  maxLength: 14,
});

const contentOf = (doc: Y.Doc) =>
  Object.fromEntries(rootNames.map((name) => [name, doc.getMap(name).toJSON()]));
const shown = ({ page }: Playground) => page.read(contentOf);
const turns = ({ page }: Playground) => [page.canUndo(), page.canRedo()];

test('after refused steps all is as if they had never been made: the document, and what can be undone and redone', () => {
  fc.assert(
    fc.property(
      acts,
      fc.array(own, { minLength: 1, maxLength: 6 }),
      fc.array(others, { maxLength: 2 }),
      (before, tail, meanwhile) => {
        const [tried, spared] = [playground(), playground()];
        for (const act of before) for (const each of [tried, spared]) act(each);
        tried.refuse();
        for (const act of tail) act(tried);
        for (const act of meanwhile) for (const each of [tried, spared]) act(each);
        tried.takeBack();
        for (const { page } of [tried, spared]) page.closeUndoStep();
        const compare = () => {
          expect(shown(tried)).toEqual(shown(spared));
          expect(contentOf(tried.server)).toEqual(shown(tried));
          expect(turns(tried)).toEqual(turns(spared));
        };
        compare();
        for (const turn of ['undo', 'redo', 'undo'] as const)
          for (let i = 0; i < 20; i++) {
            for (const { page } of [tried, spared]) page[turn]();
            compare();
          }
      },
    ),
    { seed: 20261130, numRuns: 80 },
  );
});

test('what came back by Undo before a refused step is still known as what it was', () => {
  const all = playground();
  const { page } = all;
  const own = (act: Act) => {
    act(all);
    page.closeUndoStep();
  };
  own(add(64));
  own(resize(1, 32));
  own(remove(1));
  page.undo();
  expect(unitsOf(all)).toEqual([100, 32]);
  all.refuse();
  own(add(7));
  all.takeBack();
  expect(unitsOf(all)).toEqual([100, 32]);
  page.undo();
  expect(unitsOf(all)).toEqual([100, 64]);
  page.undo();
  expect(unitsOf(all)).toEqual([100]);
});
