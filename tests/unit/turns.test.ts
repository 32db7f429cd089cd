import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Turns } from '@/server/processes/runs/turns';

const open = new AbortController().signal;
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a party holds up itself alone; who waits begins in order', async () => {
  const turns = new Turns(3, 2);
  const begun: string[] = [];
  const take = async (name: string, ...parties: string[]) => {
    const end = await turns.take(parties, open);
    begun.push(name);
    return end;
  };
  const first = await take('a1', 'a');
  await take('a2', 'a');
  void take('a3', 'a');
  void take('b1', 'b');
  void take('c1', 'c');
  await settled();
  expect(begun).toEqual(['a1', 'a2', 'b1']);
  first();
  await settled();
  expect(begun).toEqual(['a1', 'a2', 'b1', 'a3']);
  first();
  await settled();
  expect(begun).toHaveLength(4);
});

test('who gives up waits no more', async () => {
  const turns = new Turns(1, 1);
  const end = await turns.take(['a'], open);
  const given = new AbortController();
  const waiting = turns.take(['b'], given.signal);
  given.abort(new Error('gone'));
  await expect(waiting).rejects.toThrow('gone');
  const next = turns.take(['c'], open);
  end();
  (await next)();
  await expect(turns.take(['a'], given.signal)).rejects.toThrow('gone');
});

test('all get their turn, never more at once than may', async () => {
  const party = fc.constantFrom('a', 'b', 'c');
  const tasks = fc.array(fc.tuple(party, party), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(tasks, async (all) => {
      const turns = new Turns(3, 2);
      let [running, most, done] = [0, 0, 0];
      await Promise.all(
        all.map(async (parties) => {
          const end = await turns.take(parties, open);
          most = Math.max(most, ++running);
          await settled();
          running -= 1;
          done += 1;
          end();
        }),
      );
      expect(done).toBe(all.length);
      expect(most).toBeLessThanOrEqual(3);
    }),
  );
});
