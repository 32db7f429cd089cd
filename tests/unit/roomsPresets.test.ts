import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { liveKeys } from '@/lib/catalog/models';
import { type Preset, presetOf, presets, recipeOfPreset } from '@/lib/catalog/presets';
import { choosePreset } from '@/lib/room/choice';
import { setValue } from '@/lib/room/edit';
import { readDocument } from '@/lib/room/roots';
import { restart, setUp } from '../support/roomFixture';
import { training } from '../support/roomRuns';
import { TestPage } from '../support/rooms';
import { until } from '../support/until';

type Server = Awaited<ReturnType<typeof setUp>>;

function preset(id: string): Preset {
  const found = presetOf(id);
  if (!found) throw new Error(`There is no preset ${id}`);
  return found;
}

const choose = ({ ada }: Pick<Server, 'ada'>, id: string) =>
  ada.edit((doc) => choosePreset(doc, preset(id), 'ada'));
const told = ({ ada }: Pick<Server, 'ada'>) => ada.got('log').map(({ what }) => what);
const lastTold = (server: Pick<Server, 'ada'>) => told(server).at(-1);
const liveCalls = ({ runs }: Server) => runs.calls.filter((call) => call.startsWith('live'));

test('R69 every preset is one entry, whatever it changes, and its recipe is whole', async () => {
  const server = await setUp();
  let model = readDocument(server.ada.doc).recipe.model;
  for (const each of presets) {
    const before = told(server).length;
    await choose(server, each.id);
    const isOther = each.model !== model;
    expect(told(server).slice(before)).toEqual([
      { kind: 'preset', preset: each.id, isOther, isTakenBack: false },
    ]);
    expect(readDocument(server.ada.doc).recipe).toEqual(recipeOfPreset(each));
    model = each.model;
  }
});

test('R69 the same preset may be chosen again; a change that happens to make one is none', async () => {
  const server = await setUp();
  await choose(server, 'gan-collapse');
  await server.ada.edit((doc) => setValue(doc, 'gan', 'generatorSteps', 1, 'ada'));
  expect(lastTold(server)).toMatchObject({ kind: 'changed', key: 'generatorSteps' });
  await server.ada.edit((doc) => setValue(doc, 'gan', 'generatorSteps', 4, 'ada'));
  expect(told(server).filter(({ kind }) => kind === 'preset')).toHaveLength(1);
  await choose(server, 'gan-collapse');
  expect(lastTold(server)).toMatchObject({ kind: 'preset', isOther: false });
});

test('R69 undo takes a preset back as a whole, which is one entry too, and redo chooses it again', async () => {
  const server = await setUp();
  const { ada } = server;
  const roots = ['recipe', 'choice'].map((root) => ada.doc.getMap(root));
  const undo = new Y.UndoManager(roots, { trackedOrigins: new Set(['ada']) });
  const before = readDocument(ada.doc).recipe;
  await ada.seat.update(updateOf(ada.doc, () => choosePreset(ada.doc, preset('gan-collapse'), 'ada')));
  await ada.seat.update(updateOf(ada.doc, () => undo.undo()));
  expect(readDocument(ada.doc).recipe).toEqual(before);
  await ada.seat.update(updateOf(ada.doc, () => undo.redo()));
  expect(readDocument(ada.doc).recipe).toEqual(recipeOfPreset(preset('gan-collapse')));
  const entries = told(server).filter(({ kind }) => kind === 'preset' || kind === 'changed');
  expect(entries).toMatchObject([{ isTakenBack: false }, { isTakenBack: true }, { isTakenBack: false }]);
});

function updateOf(doc: Y.Doc, change: () => void): Uint8Array {
  const before = Y.encodeStateVector(doc);
  change();
  return Y.encodeStateAsUpdate(doc, before);
}

test('R69 what one edit changes besides the preset is told beside it', async () => {
  const server = await setUp();
  await server.ada.edit((doc) => {
    choosePreset(doc, preset('autoencoder-fast'), 'ada');
    setValue(doc, 'autoencoder', 'codingSize', 9, 'ada');
  });
  expect(told(server).slice(-2)).toMatchObject([
    { kind: 'preset', preset: 'autoencoder-fast' },
    { kind: 'changed', key: 'codingSize', from: { values: { value: 12 } }, to: { values: { value: 9 } } },
  ]);
});

for (const id of ['autoencoder-fast', 'autoencoder-high-rate'])
  test(`R69 ${id}, chosen while a run trains, changes nothing of it, until its values are the run's again`, async () => {
    const server = await setUp();
    const { ada, runs } = server;
    await ada.seat.command('train');
    runs.status(training(0));
    runs.train(1, 5);
    await ada.set('learningRate', 0.75);
    await ada.set('epochs', 7);
    const { length } = liveCalls(server);
    await choose(server, id);
    expect(ada.got('log').at(-1)?.at).toBeNull();
    await ada.set('learningRate', 0.25);
    expect(liveCalls(server)).toHaveLength(length);
    expect(ada.got('run').at(-1)?.isApart).toBe(true);
    await ada.set('learningRate', 0.75);
    await ada.set('epochs', 7);
    expect(ada.got('run').at(-1)?.isApart).toBe(false);
    await ada.set('learningRate', 0.5);
    expect(liveCalls(server).slice(length)).toEqual(['live {"learningRate":0.5}']);
  });

test('R69 a run that stands apart goes on with its own values, also after a restart and after its last epoch', async () => {
  const first = await setUp();
  await first.ada.set('epochs', 20);
  await first.ada.set('learningRate', 0.75);
  await first.ada.seat.command('train');
  first.runs.status(training(0));
  first.runs.train(1, 200);
  await choose(first, 'autoencoder-high-rate');
  first.runs.checkpoint(200);
  first.runs.status({ state: 'finished', step: 200 });
  await until('the end', () => first.ada.got('run').at(-1)?.status.state === 'finished');
  const second = await restart(first);
  const ada = await TestPage.join(second.rooms, first.id);
  expect(ada.joined.run?.isApart).toBe(true);
  await ada.seat.command('resume');
  expect(second.runs.latest.spec.recipe.values).toMatchObject({ learningRate: 0.75, epochs: 40 });
});

test('R66 R69 a run that comes back to another recipe stands apart from it, one that comes back to its own does not', async () => {
  const server = await setUp();
  const { ada, runs } = server;
  for (const isOther of [false, true]) {
    await ada.set('learningRate', 0.75);
    await ada.seat.command('train');
    const run = runs.latest.spec.id;
    runs.status(training(0));
    runs.train(1, 5);
    runs.checkpoint(5);
    runs.status({ state: 'stopped', step: 5 });
    await until('the end', () => ada.got('run').at(-1)?.status.state === 'stopped');
    await ada.seat.command('reset');
    if (isOther) await choose(server, 'autoencoder-fast');
    await ada.seat.command('restore', { run });
    expect(ada.got('run').at(-1)?.isApart).toBe(isOther);
    await ada.seat.command('resume');
    const live = liveKeys('autoencoder');
    expect(live.has('learningRate')).toBe(true);
    expect(runs.latest.spec.recipe.values).toMatchObject({ learningRate: 0.75 });
    runs.status({ state: 'stopped', step: 5 });
    await until('the end', () => ada.got('run').at(-1)?.status.state === 'stopped');
  }
});
