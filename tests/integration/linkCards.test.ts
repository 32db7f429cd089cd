import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decodeLinkCard, linkCardHeader } from '@/lib/protocol/linkCard';
import { openSite, type TestSite } from '../support/site';

let site: TestSite;
const cards: (string | undefined)[] = [];
beforeEach(async () => {
  cards.length = 0;
  site = await openSite({ origins: ['https://lab.example'], basePath: '/x' }, (request) => {
    cards.push(request.headers[linkCardHeader]?.toString());
  });
});
afterEach(() => site.close());

test('the page of a playground is told its title, what it learns, and its picture', async () => {
  const id = await site.rooms.create();
  await fetch(`${site.url}/p/${id}`);
  const card = decodeLinkCard(cards[0] ?? null);
  expect(card).toMatchObject({ title: 'Untitled playground', site: 'https://lab.example/x' });
  expect(card?.about).toMatch(/^Stacked autoencoder, learning from Glyphs/);
  const path = card?.picture.replace('https://lab.example/x', '') ?? '';
  const picture = await fetch(site.url + path);
  expect(picture.headers.get('content-type')).toBe('image/png');
  const { width, height } = await sharp(Buffer.from(await picture.arrayBuffer())).metadata();
  expect([width, height]).toEqual([1200, 630]);
});

test('a playground that can not be read has a page all the same', async () => {
  const id = await site.rooms.create();
  site.rooms.visit = () => Promise.reject(new Error('unreadable'));
  expect((await fetch(`${site.url}/p/${id}`)).status).toBe(200);
  expect(cards).toEqual([undefined]);
});

test('a card from outside is thrown away', async () => {
  await fetch(`${site.url}/`, { headers: { [linkCardHeader]: 'forged' } });
  expect(cards).toEqual([undefined]);
});

test('there is no picture of a playground that is not', async () => {
  expect((await fetch(`${site.url}/api/previews/AAAAAAAAAAAAAAAAAAAAAA`)).status).toBe(404);
  expect((await fetch(`${site.url}/api/previews/${encodeURIComponent('../x')}`)).status).toBe(404);
});
