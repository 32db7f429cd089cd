import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { Outbox } from '@/app/_room/outbox';
import type { Answer, Refusal } from '@/lib/protocol/messages';

/** A server that answers when the test says so, and the document that it would have. */
function fakeServer() {
  const stored = new Y.Doc();
  const open: ((answer: Answer | null) => void)[] = [];
  const sent: Uint8Array[] = [];
  const refused: Refusal[] = [];
  const outbox = new Outbox(
    (update) => {
      sent.push(update);
      return new Promise((resolve) => open.push(resolve));
    },
    (refusal) => refused.push(refusal),
  );
  const answer = async (given: Answer | null) => {
    const update = sent.at(-1);
    if (given?.ok && update) Y.applyUpdate(stored, update);
    open.shift()?.(given);
    await Promise.resolve();
    await Promise.resolve();
  };
  return { outbox, sent, refused, answer, stored };
}

function pageWith(outbox: Outbox): Y.Map<unknown> {
  const doc = new Y.Doc();
  doc.on('update', (update: Uint8Array) => outbox.push(update));
  return doc.getMap('recipe');
}

test('one update is in flight; those made meanwhile follow as one', async () => {
  const { outbox, sent, answer, stored } = fakeServer();
  outbox.open(null);
  const page = pageWith(outbox);
  for (let i = 0; i < 10; i++) page.set('rate', i);
  expect(sent).toHaveLength(1);
  await answer({ ok: true });
  expect(sent).toHaveLength(2);
  await answer({ ok: true });
  expect(sent).toHaveLength(2);
  expect(stored.getMap('recipe').get('rate')).toBe(9);
});

test('unsaved until the last acknowledgement', async () => {
  const { outbox, answer } = fakeServer();
  outbox.open(null);
  const page = pageWith(outbox);
  page.set('rate', 1);
  page.set('rate', 2);
  expect(outbox.unsaved.get()).toBe(true);
  await answer({ ok: true });
  expect(outbox.unsaved.get()).toBe(true);
  await answer({ ok: true });
  expect(outbox.unsaved.get()).toBe(false);
});

test('edits without a connection stay unsaved and go out as what the server lacks', async () => {
  const { outbox, sent, answer } = fakeServer();
  const page = pageWith(outbox);
  page.set('rate', 1);
  expect(sent).toHaveLength(0);
  expect(outbox.unsaved.get()).toBe(true);
  const { doc } = page;
  if (!doc) throw new Error('The map has no document');
  outbox.open(Y.encodeStateAsUpdate(doc));
  expect(sent).toHaveLength(1);
  await answer({ ok: true });
  expect(outbox.unsaved.get()).toBe(false);
});

test('an answer to an earlier connection changes nothing', async () => {
  const { outbox, sent, answer } = fakeServer();
  outbox.open(null);
  const page = pageWith(outbox);
  page.set('rate', 1);
  outbox.close();
  outbox.open(Y.encodeStateAsUpdate(page.doc ?? new Y.Doc()));
  expect(sent).toHaveLength(2);
  await answer({ ok: true });
  expect(outbox.unsaved.get()).toBe(true);
  await answer({ ok: true });
  expect(outbox.unsaved.get()).toBe(false);
});

test('a refusal is passed on, and nothing more is sent by itself', async () => {
  const { outbox, sent, refused, answer } = fakeServer();
  outbox.open(null);
  pageWith(outbox).set('rate', 1);
  await answer({ ok: false, code: 'invalid-edit', sentence: 'Malformed document' });
  expect(refused.map((each) => each.code)).toEqual(['invalid-edit']);
  outbox.clear();
  expect(outbox.unsaved.get()).toBe(false);
  expect(sent).toHaveLength(1);
});

test('an update that came too fast is sent again, with what was made since', async () => {
  const { outbox, sent, answer, stored } = fakeServer();
  outbox.open(null);
  const page = pageWith(outbox);
  page.set('rate', 1);
  await answer({ ok: false, code: 'too-fast', sentence: 'Too much at once. Wait a moment' });
  page.set('rate', 2);
  await expect.poll(() => sent.length).toBe(2);
  await answer({ ok: true });
  expect(stored.getMap('recipe').get('rate')).toBe(2);
});
