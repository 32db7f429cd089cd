import { expect, test } from 'vitest';
import { openRoom } from '../support/roomFixture';
import { TestPage } from '../support/rooms';

const [hers, his] = ['a'.repeat(32), 'b'.repeat(32)];
/** Names of those whose coming the log tells. */
const arrivals = (page: TestPage) =>
  page.joined.log.flatMap(({ what, person }) => (what.kind === 'joined' ? [person?.name] : []));

test('R70 pages of one browser are one person, with one name and one colour', async () => {
  const { rooms, id } = await openRoom();
  const first = await TestPage.join(rooms, id, { name: 'Ada', visitor: hers });
  const bob = await TestPage.join(rooms, id, { name: 'Bob', visitor: his });
  const second = await TestPage.join(rooms, id, { name: 'Curious Otter', visitor: hers });
  const { client, ...ada } = first.joined.you;
  expect(second.joined.you).toMatchObject(ada);
  expect(second.joined.you.client).not.toBe(client);
  expect(bob.joined.you.who).not.toBe(ada.who);
  await second.seat.rename('Ada Lovelace');
  expect(
    bob
      .got('people')
      .at(-1)
      ?.map(({ name }) => name),
  ).toEqual(['Ada Lovelace', 'Bob', 'Ada Lovelace']);
  expect(
    new Set(
      bob
        .got('people')
        .at(-1)
        ?.map(({ color }) => color),
    ).size,
  ).toBe(2);
  expect(arrivals(await TestPage.join(rooms, id, { visitor: his }))).toEqual(['Ada', 'Bob']);
});

test('R70 people without a token are each their own', async () => {
  const { rooms, id } = await openRoom();
  const pages = await Promise.all([1, 2, 3].map(() => TestPage.join(rooms, id)));
  expect(new Set(pages.map((page) => page.joined.you.who)).size).toBe(3);
});

test('R71 a reload is no arrival, however often; who stays away for long arrives again', async () => {
  let time = 1_000_000;
  const { rooms, id } = await openRoom({ now: () => time });
  let ada = await TestPage.join(rooms, id, { name: 'Ada', visitor: hers });
  await TestPage.join(rooms, id, { name: 'Bob', visitor: his });
  const { color, who } = ada.joined.you;
  for (let i = 0; i < 4; i++) {
    ada.seat.leave();
    time += 60_000;
    ada = await TestPage.join(rooms, id, { name: 'Ada', visitor: hers });
    expect(ada.joined.you).toMatchObject({ who, color });
  }
  expect(arrivals(ada)).toEqual(['Ada', 'Bob']);
  ada.seat.leave();
  time += 3_600_000;
  ada = await TestPage.join(rooms, id, { name: 'Ada', visitor: hers });
  expect(arrivals(await TestPage.join(rooms, id, { visitor: his }))).toEqual(['Ada', 'Bob', 'Ada']);
});
