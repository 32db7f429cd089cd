import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ParameterValue } from '@/lib/catalog/parameters';
import type { FrameHeader } from '@/lib/protocol/frames';
import type { ExploredPart } from '@/lib/protocol/topics';
import { setExplored, setValues } from '@/lib/room/edit';
import { askedOf, type Explorer } from '@/lib/room/explore';
import { SentenceError } from '@/lib/text/sentence';
import { RoomClient } from '../support/client';
import { readExplore } from '../support/documents';
import { startServer, type TestServer } from '../support/server';
import { until } from '../support/until';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ env: { COLATENT_EXECUTOR: 'onnx-cpu' } });
});
afterAll(() => server.close());

interface Drawn {
  readonly header: Extract<FrameHeader, { kind: 'explored' }>;
  readonly payload: ArrayBuffer;
}

/** Somebody in a playground, with the newest of each part that their page would show. */
class Onlooker {
  readonly parts = new Map<ExploredPart, Drawn>();
  frames = 0;

  private constructor(readonly client: RoomClient) {
    client.onFrame(({ header, payload }) => {
      if (header.kind !== 'explored') return;
      this.frames += 1;
      this.parts.set(header.part, { header, payload });
    });
  }

  static async join(playground: string, name: string): Promise<Onlooker> {
    return new Onlooker(await RoomClient.join(server.url, playground, name));
  }

  /** The numbers of a coding, empty of other parts; and the pixels of all pictures. */
  read(part: ExploredPart) {
    const drawn = this.parts.get(part);
    if (!drawn) throw new Error(`Nothing was drawn of ${part}`);
    const { coding, count } = drawn.header;
    const pixels = new Uint8Array(drawn.payload, 4 * coding);
    const size = pixels.length / count;
    return {
      coding: [...new Float32Array(drawn.payload, 0, coding)],
      pictures: Array.from({ length: count }, (_, i) => [...pixels.subarray(i * size, (i + 1) * size)]),
    };
  }

  /** Until a part answers what this person's document says. */
  async sees(part: ExploredPart, owner: Explorer): Promise<void> {
    await until(`${part} as the document says`, () => {
      const asked = askedOf(part, readExplore(this.client.doc), owner);
      const header = this.parts.get(part)?.header;
      if (header?.problem !== undefined) throw new SentenceError(header.problem);
      return header?.asked === asked && header.run === this.client.run?.spec.id;
    });
  }
}

let playground: string;
let ada: Onlooker;
let ben: Onlooker;
beforeEach(async () => {
  playground = await server.createPlayground();
  ada = await Onlooker.join(playground, 'Ada');
  ben = await Onlooker.join(playground, 'Ben');
});
afterEach(() => {
  for (const { client } of [ada, ben]) client.close();
});

/** Trains a few steps and holds. */
async function paused(
  model: 'autoencoder' | 'gan' | 'stylegan',
  values: Record<string, ParameterValue>,
): Promise<void> {
  await ada.client.edit((doc) => setValues(doc, model, { ...values, epochs: 1000 }, null));
  await ada.client.command('train');
  await ada.client.frame('a later step', ({ header }) => header.kind === 'metrics' && header.firstStep > 3);
  await ada.client.command('pause');
  await ada.client.untilState('paused');
}

/** Somebody changes what is explored, and both have it. */
async function change(who: Onlooker, owner: Explorer, changes: Record<string, number | null>): Promise<void> {
  await who.client.edit((doc) => setExplored(doc, owner, changes, null));
  const entries = ({ client }: Onlooker) => JSON.stringify(Object.entries(readExplore(client.doc)).sort());
  await until('both have it', () => entries(ada) === entries(ben));
}

/** The largest difference of two pictures, of 255. */
const apart = (a: number[] = [], b: number[] = []): number =>
  Math.max(...a.map((value, i) => Math.abs(value - (b[i] as number))));

test('R61 one moves a number of a coding, both get the same new picture; a third who looks elsewhere gets none', async () => {
  const cat = await Onlooker.join(playground, 'Cat');
  await paused('autoencoder', { hiddenUnits: [20], codingSize: 4, validationShare: 2 });
  for (const person of [ada, ben]) person.client.look('run');
  await ben.sees('coded', 'autoencoder');
  const before = ben.read('coded');
  expect(before.coding).toHaveLength(4);
  await change(ada, 'autoencoder', { 'number/2': (before.coding[2] as number) + 3, 'number/40': 7 });
  for (const person of [ada, ben]) await person.sees('coded', 'autoencoder');
  expect(ben.read('coded')).toEqual(ada.read('coded'));
  expect(ben.read('coded').coding).toEqual(before.coding);
  expect(apart(ben.read('coded').pictures[0], before.pictures[0])).toBeGreaterThan(5);
  await change(ben, 'autoencoder', { 'number/2': null, 'number/40': null });
  await ada.sees('coded', 'autoencoder');
  expect(ada.read('coded')).toEqual(before);
  await change(ben, 'autoencoder', { picture: 3 });
  await ada.sees('coded', 'autoencoder');
  expect(ada.read('coded').coding).not.toEqual(before.coding);
  expect(cat.frames).toBe(0);
  cat.client.close();
});

test('R62 what is explored of a stopped run comes from its checkpoint, and of the next run from the next', async () => {
  await paused('gan', { generatorUnits: [16], discriminatorUnits: [16], batchSize: 8, codingSize: 5 });
  ben.client.look('run');
  for (const part of ['between', 'ends', 'drawn'] as const) await ben.sees(part, 'gan');
  const [between, ends, drawn] = (['between', 'ends', 'drawn'] as const).map(
    (part) => ben.read(part).pictures,
  );
  expect(ends).toEqual(drawn?.slice(0, 2));
  await ada.client.command('stop');
  await ben.client.untilState('stopped');
  await change(ada, 'gan', { t: 0 });
  await ben.sees('between', 'gan');
  expect(apart(ben.read('between').pictures[0], ends?.[0])).toBeLessThanOrEqual(1);
  expect(apart(between?.[0], ends?.[0])).toBeGreaterThan(1);
  await change(ada, 'gan', { seed: 13, from: 14 });
  for (const part of ['ends', 'drawn'] as const) await ben.sees(part, 'gan');
  expect(ben.read('ends').pictures[0]).toEqual(ben.read('drawn').pictures[1]);
  const first = ben.parts.get('ends')?.header.run;
  await paused('gan', { codingSize: 9 });
  await ben.sees('ends', 'gan');
  expect(ben.parts.get('ends')?.header.run).not.toBe(first);
});

test('R61 of StyleGAN each layer takes the style of one end or of the other', async () => {
  await paused('stylegan', {
    ...{ synthesisFilters: [8, 4], discriminatorFilters: [4], batchSize: 4 },
    ...{ codingSize: 5, styleSize: 6, mappingDepth: 2, generatorLearningRate: 0.05 },
  });
  for (const person of [ada, ben]) person.client.look('run');
  await ben.sees('crossed', 'stylegan');
  const crossings = ben.read('crossed').pictures;
  expect(crossings).toHaveLength(5);
  const [from, to] = [crossings[0], crossings[4]];
  const mixed = async (shares: (number | null)[]) => {
    await change(ada, 'stylegan', Object.fromEntries(shares.map((share, i) => [`layer/${i}`, share])));
    for (const person of [ada, ben]) await person.sees('between', 'stylegan');
    expect(ada.read('between')).toEqual(ben.read('between'));
    return ben.read('between').pictures[0];
  };
  expect(apart(from, to)).toBeGreaterThan(5);
  expect(apart(await mixed([0, 0, 0, 0]), from)).toBeLessThanOrEqual(1);
  expect(apart(await mixed([1, 1, 1, 1]), to)).toBeLessThanOrEqual(1);
  expect(apart(await mixed([0, 0, 1, 1]), crossings[2])).toBeLessThanOrEqual(1);
  await change(ada, 'stylegan', { t: 1 });
  expect(apart(await mixed([null, null, null, null]), to)).toBeLessThanOrEqual(1);
});
