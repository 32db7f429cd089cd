import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { Editing } from '@/app/_room/editing';
import type { AutoencoderValues } from '@/lib/catalog/models/autoencoder';
import type { Answer } from '@/lib/protocol/messages';
import { setValue } from '@/lib/room/edit';
import { readDocument, seedDocument } from '@/lib/room/roots';
import { own, type Sentence } from '@/lib/text/sentence';

const rate = 'recipe/autoencoder/learningRate';
const refusal = {
  ok: false,
  code: 'held',
  sentence: own('Ben holds this now'),
  held: { control: rate, by: 8 },
} as const;
const you = { client: 100, who: 1, name: 'Ana', color: 0 };

/** A page and a server that answers as the test says. */
function page() {
  let server = new Y.Doc();
  seedDocument(server);
  let answer: Answer = { ok: true };
  let held: string[] = [];
  const waiting: (() => void)[] = [];
  const told: Sentence[] = [];
  let joins = 0;
  const join = () => {
    joins += 1;
    const { document } = editing;
    editing.join({
      you,
      stateVector: new Uint8Array(Y.encodeStateVector(server)),
      update: new Uint8Array(Y.encodeStateAsUpdate(server, document.stateVector())),
    });
    editing.makeAgain();
  };
  const editing: Editing = new Editing({
    send: async (update) => {
      if (answer.ok) Y.applyUpdate(server, update);
      return answer;
    },
    restart: join,
    held: () => held,
    keep: (again) => waiting.push(again),
    notify: (sentence) => told.push(sentence),
  });
  join();
  const { document } = editing;
  const set = (key: 'epochs' | 'batchSize' | 'learningRate', value: number) => {
    document.edit((doc, origin) => setValue(doc, 'autoencoder', key, value, origin));
    document.closeUndoStep();
  };
  const valuesOf = (doc: Y.Doc) => readDocument(doc).recipe.values as AutoencoderValues;
  const read = (values: AutoencoderValues) => [values.epochs, values.batchSize, values.learningRate];
  return {
    document,
    waiting,
    told,
    set,
    joins: () => joins,
    shown: () => document.read((doc) => read(valuesOf(doc))),
    stored: () => read(valuesOf(server)),
    saved: () => editing.outbox.saved(),
    /** The server goes on from an earlier state, and the page joins it. @returns its state until then */
    restore: (state?: Uint8Array) => {
      const last = Y.encodeStateAsUpdate(server);
      if (!state) return last;
      server = new Y.Doc();
      Y.applyUpdate(server, state);
      join();
      return last;
    },
    answerWith: (next: Answer) => {
      answer = next;
    },
    hold: (...controls: string[]) => {
      held = controls;
    },
  };
}

test('an edit that comes after somebody else took hold is kept for later, and Undo takes back what it would have', async () => {
  const { document, set, shown, stored, saved, answerWith, hold, waiting, told, joins } = page();
  set('epochs', 5);
  set('batchSize', 64);
  await saved();
  document.undo();
  await saved();
  answerWith(refusal);
  set('learningRate', 0.5);
  hold(rate);
  await expect.poll(joins).toBe(2);
  answerWith({ ok: true });
  expect([shown(), stored()]).toEqual([
    [5, 32, 1.5],
    [5, 32, 1.5],
  ]);
  expect([waiting.length, told.length]).toEqual([1, 0]);
  document.redo();
  expect(shown()).toEqual([5, 64, 1.5]);
  document.undo();
  document.undo();
  expect(shown()).toEqual([20, 32, 1.5]);
  expect(document.canUndo()).toBe(false);
  document.redo();
  hold();
  waiting[0]?.();
  await saved();
  expect(stored()).toEqual([5, 32, 0.5]);
});

test('an Undo that is refused can be asked for again', async () => {
  const { document, set, shown, saved, answerWith, joins } = page();
  set('learningRate', 0.5);
  await saved();
  answerWith(refusal);
  document.undo();
  await expect.poll(joins).toBe(2);
  answerWith({ ok: true });
  expect(shown()?.[2]).toBe(0.5);
  expect([document.canUndo(), document.canRedo()]).toEqual([true, false]);
  document.undo();
  expect(shown()?.[2]).toBe(1.5);
});

test('what a server has no more, though it had acknowledged it, is forgotten', async () => {
  const { restore, set, shown, saved, joins } = page();
  const before = restore();
  set('epochs', 5);
  await saved();
  restore(before);
  await expect.poll(joins).toBe(3);
  expect(shown()?.[0]).toBe(20);
  set('epochs', 6);
  await saved();
  expect(shown()?.[0]).toBe(6);
});
