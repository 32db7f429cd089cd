import { afterEach, beforeEach, expect, test } from 'vitest';
import { deeds, everyone, seatOf } from '@/server/rooms/deeds';
import { Refused } from '@/server/rooms/refused';
import type { Deed, Seat } from '@/server/rooms/seat';
import { pageEvents } from '@/server/sockets/page';
import { generatorFile, TestPage } from '../support/rooms';
import { openSite, type TestSite } from '../support/site';

let site: TestSite;
let id: string;
beforeEach(async () => {
  site = await openSite();
  id = await site.rooms.create();
});
afterEach(() => site.close());

const names = Object.keys(deeds) as Deed[];
const sorted = (all: Iterable<string>) => [...new Set(all)].sort();

/** A seat whose every deed tells that it was done, or with a table of nothing is refused. */
const telling = (done: string[], table: typeof deeds = deeds) => {
  const acts = names.map((deed) => [deed, async () => void done.push(deed)]);
  return seatOf(everyone, Object.fromEntries(acts) as unknown as Seat, table);
};
const nothing = Object.fromEntries(names.map((deed) => [deed, []])) as unknown as typeof deeds;

const isWithin = ({ path }: { path: string }) => path.includes(':playground');

test('R80 what HTTP and sockets can ask for is what stands in the table of deeds, no more and no less', () => {
  const asked = [...site.routes.flatMap((route) => route.deeds), ...Object.keys(pageEvents)];
  // The server itself asks for these on a page's behalf: when its metrics overflow, and when it has gone.
  expect(sorted([...asked, 'history', 'leave'])).toEqual(sorted(names));
});

test('R80 a deed that is not in the table is on no seat', async () => {
  const acts = { ...telling([]), paint: () => 'done' };
  expect(acts.paint()).toBe('done');
  expect(Object.keys(seatOf(everyone, acts))).not.toContain('paint');
  const ada = await TestPage.join(site.rooms, id);
  expect(sorted(Object.keys(ada.seat))).toEqual(sorted(names));
  const visit = await site.rooms.visit(id);
  expect(names).toEqual(expect.arrayContaining(Object.keys(visit)));
  expect('update' in visit).toBe(false);
});

test('R80 what a role may not do is refused, and is not done', async () => {
  const done: string[] = [];
  const seat = telling(done, { ...deeds, update: [] });
  expect(() => seat.update(Uint8Array.of(1))).toThrow(Refused);
  await seat.rename('Ada');
  expect(done).toEqual(['rename']);
});

test('R80 every address within a playground goes through a seat', async () => {
  const within = site.routes.filter(isWithin);
  expect(within.filter((route) => route.deeds.length === 0)).toEqual([]);
  const done: string[] = [];
  site.rooms.visit = async () => telling(done, nothing);
  for (const { method, path } of within) {
    const address = path.replace(':playground', id).replace(':topic', 'images').replace(/:\w+/g, 'x');
    const response = await fetch(site.url + address, { method: method === 'any' ? 'GET' : method });
    // A page says in its own way that there is nothing to see.
    expect(response.status, `${method} ${path}`).toBe(method === 'any' ? 404 : 409);
  }
  expect(done).toEqual([]);
});

test('R80 every event of a page goes through its seat', async () => {
  const done: string[] = [];
  const refused = telling(done, nothing);
  for (const { act } of Object.values(pageEvents)) expect(() => act(refused, {})).toThrow(Refused);
  expect(done).toEqual([]);
  const seat = telling(done);
  for (const { act } of Object.values(pageEvents)) await act(seat, {});
  expect(sorted(done)).toEqual(sorted(Object.keys(pageEvents)));
});

test('R81 the log tells whose page a request is from, by the session of this playground alone', async () => {
  const ada = await TestPage.join(site.rooms, id, { name: 'Ada' });
  const other = await TestPage.join(site.rooms, await site.rooms.create(), { name: 'Eve' });
  for (const [session, name] of [
    [ada.joined.session, 'Ada'],
    [other.joined.session, undefined],
    ['1.1.forged', undefined],
  ] as const) {
    const headers = { 'x-colatent-session': session };
    const address = `${site.url}/api/playgrounds/${id}/generator?name=a.onnx`;
    const brought = await fetch(address, { method: 'POST', headers, body: generatorFile('a') });
    expect(brought.status).toBe(201);
    expect(ada.got('log').at(-1)?.person?.name).toBe(name);
  }
});
