import { afterAll, beforeAll, expect, test } from 'vitest';
import { setValue } from '@/lib/room/edit';
import { RoomClient } from '../support/client';
import { eventually } from '../support/eventually';
import { enter, press, stepOf } from '../support/playground';
import { startServer, type TestServer } from '../support/server';
import { until } from '../support/until';
import { shareBrowser } from '../support/world';

const browser = await shareBrowser();
let server: TestServer;

beforeAll(async () => {
  server = await startServer({ env: { COLATENT_MAX_RUNS: '1' } });
});
afterAll(async () => {
  await server?.close();
});

const placeOf = ({ run }: RoomClient) => (run?.status.state === 'queued' ? run.status.place : null);

test('beyond the limit runs queue, show their place, and begin in order', async () => {
  const [first, second, third] = [
    await server.createPlayground(),
    await server.createPlayground(),
    await server.createPlayground(),
  ];
  const ana = await RoomClient.join(server.url, first, 'Ana');
  await ana.edit((doc) => setValue(doc, 'autoencoder', 'epochs', 1000, null));
  await ana.command('train');
  await ana.untilState('training');
  const { page, complaints } = await enter(browser, `${server.url}/p/${second}`);
  await press(page, 'Train');
  const notice = page.getByText(/place \d+ in the queue/);
  await eventually(() => notice.textContent()).toMatch(/place\s*1/);
  const cleo = await RoomClient.join(server.url, third, 'Cleo');
  await cleo.command('train');
  await until('place 2 for the third playground', () => placeOf(cleo) === 2);
  await ana.command('stop');
  await until('place 1 for the third playground', () => placeOf(cleo) === 1);
  await eventually(() => stepOf(page)).toBeGreaterThan(0);
  await cleo.untilState('training', 'finished');
  for (const client of [ana, cleo]) client.close();
  await page.context().close();
  expect(complaints).toEqual([]);
});
