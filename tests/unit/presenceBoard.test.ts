import { expect, test } from 'vitest';
import { PresenceBoard } from '@/app/_room/presence';
import type { Presence } from '@/lib/protocol/messages';

function board() {
  const sent: Presence[] = [];
  return { sent, presence: new PresenceBoard((mine) => sent.push(mine)) };
}

test('many movements become few messages, the newest last', async () => {
  const { sent, presence } = board();
  for (let i = 0; i <= 100; i++) presence.point({ anchor: 'stage', x: i / 100, y: 0 });
  await expect.poll(() => sent.at(-1)?.cursor?.x).toBe(1);
  expect(sent.length).toBeLessThan(5);
  presence.close();
});

test('letting go of one control leaves another one held', async () => {
  const { sent, presence } = board();
  expect(presence.hold('epochs')).toBe(true);
  expect(presence.hold('epochs')).toBe(false);
  expect(presence.hold('seed')).toBe(true);
  expect(presence.release('epochs')).toBe(false);
  await expect.poll(() => sent.at(-1)?.holding).toBe('seed');
  expect(presence.release('seed')).toBe(true);
  await expect.poll(() => sent.at(-1)?.holding).toBeNull();
  presence.close();
});

test('a holder is known until they let go or leave', () => {
  const { presence } = board();
  let changes = 0;
  presence.onHold(() => {
    changes += 1;
  });
  presence.receive({ client: 7, cursor: null, holding: 'seed' });
  expect(presence.holderOf('seed')).toBe(7);
  presence.receive({ client: 7, cursor: { anchor: 'stage', x: 0, y: 0 }, holding: 'seed' });
  expect(changes).toBe(1);
  presence.keep([{ client: 8, who: 1, name: 'Ben', color: 1 }]);
  expect(presence.holderOf('seed')).toBeNull();
});
