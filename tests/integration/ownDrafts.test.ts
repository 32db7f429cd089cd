import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ownDataSchema, uploadNewsSchema } from '@/lib/protocol/ownData';
import { RoomClient } from '../support/client';
import { folders, zipped } from '../support/pictures';
import { startServer, type TestServer } from '../support/server';
import { until } from '../support/until';

let server: TestServer;
let id: string;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  id = await server.createPlayground();
});

const address = (path: string) => `${server.url}/api/playgrounds/${id}/datasets${path}`;
const uploads = () => readdir(join(server.dataDir, 'uploads')).catch(() => []);
const urlOf = (text: string) => {
  const { hostname, port, pathname, search } = new URL(text);
  return { hostname, port, path: pathname + search };
};

test('R41 a draft is read, read otherwise and taken, and nobody sees it before', async () => {
  const ada = await RoomClient.join(server.url, id, 'Ada');
  const files = zipped(await folders(['pets/cat/a', 'pets/cat/b', 'pets/dog/a'], 5));
  const drafts = `${server.url}/api/playgrounds/${id}/drafts`;
  const body = files as Uint8Array<ArrayBuffer>;
  const made = await fetch(address('?name=pets.zip&draft=new'), { method: 'POST', body });
  const draft = uploadNewsSchema.parse({ kind: 'draft', draft: await made.json() });
  if (draft.kind !== 'draft') throw new Error('A draft expected');
  expect(draft.draft.choices).toMatchObject({ chosen: 'folder-1', isClear: false });
  expect(draft.draft.data.kind === 'images' && draft.draft.data.classes.map(({ name }) => name)).toEqual([
    'cat',
    'dog',
  ]);
  const again = await fetch(`${drafts}/${draft.draft.id}?classes=path-2&side=32`, { method: 'PUT' });
  expect((await again.json()).data.classes).toHaveLength(3);
  expect(ada.joined.ownData).toEqual([]);
  const taken = await fetch(`${drafts}/${draft.draft.id}`, { method: 'POST' });
  const data = ownDataSchema.parse(await taken.json());
  expect(data.kind === 'images' && data.classes.map(({ name }) => name)).toEqual([
    'cat / a',
    'cat / b',
    'dog / a',
  ]);
  await until('the log tells', () => ada.log.some(({ what }) => what.kind === 'data'));
  expect(await uploads()).toEqual([]);
  expect((await fetch(`${drafts}/${draft.draft.id}`, { method: 'POST' })).status).toBe(404);
  ada.close();
});

test('R40 slow uploads into other playgrounds hold up nobody', async () => {
  const here = id;
  const slow = [];
  for (let i = 0; i < 20; i++) {
    if (i % 8 === 0) id = await server.createPlayground();
    const post = request({
      ...urlOf(address('?name=slow.zip')),
      method: 'POST',
      localAddress: `127.0.0.${2 + i}`,
    });
    post.once('error', () => {});
    post.write(Buffer.alloc(100));
    slow.push(post);
  }
  await until('all have begun', async () => (await uploads()).length === 20);
  id = here;
  const text = new TextEncoder().encode('To be, or not to be.\n'.repeat(400));
  const fast = await fetch(address('?name=hamlet.txt'), { method: 'POST', body: text });
  expect([fast.status, (await fast.json()).kind]).toEqual([201, 'text']);
  for (const post of slow) post.destroy();
  await until('all are gone', async () => (await uploads()).length === 0);
});
