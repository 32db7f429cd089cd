import { afterEach } from 'vitest';
import * as Y from 'yjs';
import { readDocument } from '@/lib/room/roots';
import type { Storage } from '@/server/storage/storage';
import { openRooms, TestPage, type TestRooms } from './rooms';

/** Rooms with one playground, and pages in it; closed after each test. */

let open: TestRooms[] = [];
afterEach(async () => {
  await Promise.all(open.map((each) => each.close()));
  open = [];
});

type Options = Parameters<typeof openRooms>[0];

/** A playground that nobody has come into. */
export async function openRoom(options: Options = {}) {
  const server = await openRooms(options);
  open.push(server);
  return { ...server, id: await server.rooms.create() };
}

/** Ada's page in a playground. */
export async function setUp(options: Options = {}) {
  const room = await openRoom(options);
  return { ...room, ada: await TestPage.join(room.rooms, room.id, { name: 'Ada' }) };
}

/** Ada's page and Bob's in one playground. */
export async function setUpTwo(options: Options = {}) {
  const room = await setUp(options);
  return { ...room, bob: await TestPage.join(room.rooms, room.id, { name: 'Bob' }) };
}

/** All rooms again from the same folder, as after a restart of the server. */
export async function restart(server: Pick<TestRooms, 'restart'>): Promise<TestRooms> {
  open = [];
  const next = await server.restart();
  open = [next];
  return next;
}

/** What is on disk: the document, of how many updates it is made, and the log. */
export async function stored(storage: Storage, id: string) {
  const doc = new Y.Doc();
  const playground = await storage.load(id, 1000);
  for (const update of playground?.updates ?? []) Y.applyUpdate(doc, update);
  return { content: readDocument(doc), updates: playground?.updates.length ?? 0, log: playground?.log ?? [] };
}
