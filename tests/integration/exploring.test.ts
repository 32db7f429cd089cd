import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type * as Y from 'yjs';
import type { Explorer } from '@/lib/catalog/explorers';
import type { ParameterValue } from '@/lib/catalog/parameters';
import { between } from '@/lib/explore/geometry';
import { drawLatents } from '@/lib/explore/latents';
import type { Playhead } from '@/lib/explore/path';
import type { FrameHeader } from '@/lib/protocol/frames';
import type { ExploredPart } from '@/lib/protocol/topics';
import { setExplored, setValues } from '@/lib/room/edit';
import { askedOf, latentAt } from '@/lib/room/explore';
import { addStops } from '@/lib/room/path';
import { addPin, drawable, type Kept, otherOf, type Pin } from '@/lib/room/pins';
import { playheadText } from '@/lib/room/playhead';
import { readDocument } from '@/lib/room/roots';
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
  async sees(
    part: Exclude<ExploredPart, 'played'>,
    owner: Explorer,
    pinned: readonly Pin[] = [],
  ): Promise<void> {
    const ids = pinned.map(({ id }) => id);
    await until(`${part} as the document says`, () => {
      const asked = askedOf(part, readExplore(this.client.doc), owner, ids);
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
async function change(
  who: Onlooker,
  owner: Explorer,
  changes: Record<string, number | string | null>,
): Promise<void> {
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

/** Somebody keeps a latent. @returns it, as both have it. */
async function keep(who: Onlooker, kept: Pick<Kept, 'owner' | 'latent'> & Partial<Kept>): Promise<Pin> {
  const run = who.client.run?.spec.id ?? '';
  const all = { blend: null, run, step: 1, ...kept };
  let id = '';
  await who.client.edit((doc) => {
    id = addPin(doc, all, { name: 'Ada', color: 1 }, null);
  });
  const pinIn = ({ client }: Onlooker) => readDocument(client.doc).pins.find((each) => each.id === id);
  await until('both have the pin', () => pinIn(ada) !== undefined && pinIn(ben) !== undefined);
  return pinIn(ada) as Pin;
}

test('R86 a pin of the way is drawn as the way was, bit for bit, and an end at it, too; moved pins are not drawn anew', async () => {
  await paused('gan', { codingSize: 6, generatorUnits: [12], discriminatorUnits: [12] });
  const [from, to] = drawLatents(1, 2, 6) as [Float32Array, Float32Array];
  await change(ada, 'gan', { t: 0.3 });
  for (const person of [ada, ben]) person.client.look('run');
  await ben.sees('between', 'gan');
  const pins = [
    await keep(ada, { owner: 'gan', latent: between(from, to, 0.3) }),
    await keep(ben, { owner: 'gan', latent: to }),
  ];
  // Of others than this model nothing can be drawn.
  await keep(ben, { owner: 'dcgan', latent: to });
  await keep(ben, { owner: 'gan', latent: Float32Array.of(1) });
  const shape = { size: 6, layers: 0 };
  const here = drawable(readDocument(ben.client.doc).pins, 'gan', shape);
  expect(here.map(({ id }) => id).toSorted()).toEqual(pins.map(({ id }) => id).toSorted());
  for (const person of [ada, ben]) await person.sees('pinned', 'gan', here);
  const pictureOf = (pin: Pin | undefined) =>
    ben.read('pinned').pictures[here.findIndex(({ id }) => id === pin?.id)];
  expect(pictureOf(pins[0])).toEqual(ben.read('between').pictures[0]);
  expect(pictureOf(pins[1])).toEqual(ben.read('ends').pictures[1]);
  expect(ada.read('pinned')).toEqual(ben.read('pinned'));

  const drawn = ben.parts.get('pinned');
  await ada.client.edit((doc) =>
    doc.transact(() => (doc.getMap('pins').get(pins[1]?.id ?? '') as Y.Map<unknown>).set('order', -1)),
  );
  await change(ada, 'gan', { from: pins[0]?.id ?? '', t: 0 });
  await ben.sees('between', 'gan', here);
  expect(ben.read('between').pictures[0]).toEqual(pictureOf(pins[0]));
  expect(ben.parts.get('pinned')).toBe(drawn);

  // The same place, drawn by later weights.
  await ada.client.command('step');
  await until(
    'later weights',
    () => (ben.parts.get('pinned')?.header.step ?? 0) > (drawn?.header.step ?? Infinity),
  );
  expect(ben.read('pinned')).not.toEqual(drawn);
});

test('R86 a pin keeps what StyleGAN blends, layer by layer', async () => {
  await paused('stylegan', {
    synthesisFilters: [8, 4],
    discriminatorFilters: [4],
    batchSize: 4,
    codingSize: 5,
    styleSize: 6,
    mappingDepth: 2,
  });
  await change(ada, 'stylegan', { t: 0.25, 'layer/2': 1 });
  ben.client.look('run');
  await ben.sees('between', 'stylegan');
  const [from, to] = drawLatents(1, 2, 5) as [Float32Array, Float32Array];
  const blend = { other: to, shares: Float32Array.of(0.25, 0.25, 1, 0.25) };
  const pin = await keep(ada, { owner: 'stylegan', latent: from, blend });
  await ben.sees('pinned', 'stylegan', [pin]);
  expect(ben.read('pinned').pictures[0]).toEqual(ben.read('between').pictures[0]);
  // Elsewhere, and back again.
  await change(ada, 'stylegan', { from: 7, to: 8, t: 0.5, 'layer/2': null });
  await change(ada, 'stylegan', { from: pin.id, to: otherOf(pin), t: 0.25, 'layer/2': 1 });
  await ben.sees('between', 'stylegan', [pin]);
  expect(ben.read('between').pictures[0]).toEqual(ben.read('pinned').pictures[0]);
});

test('R86 a coding is kept with what was moved of it', async () => {
  await paused('autoencoder', { hiddenUnits: [20], codingSize: 4, validationShare: 2 });
  await change(ada, 'autoencoder', { picture: 2, 'number/1': 1.5 });
  ben.client.look('run');
  await ben.sees('coded', 'autoencoder');
  const { coding, pictures } = ben.read('coded');
  const latent = Float32Array.from(coding.with(1, 1.5));
  const pin = await keep(ada, { owner: 'autoencoder', latent });
  await ben.sees('pinned', 'autoencoder', [pin]);
  expect(ben.read('pinned').pictures[0]).toEqual(pictures[0]);
  expect(latentAt(pin.id, 4, readDocument(ben.client.doc).pins)).toEqual(latent);
});

/** Somebody sets the playhead. */
const put = (who: Onlooker, head: Playhead) =>
  who.client.edit((doc) => doc.transact(() => doc.getMap('playhead').set('at', playheadText(head))));
/** Until somebody sees the place of the path that stands at `position`. @returns its picture. */
async function standing(who: Onlooker, position: number): Promise<number[] | undefined> {
  await until(`the place ${position}`, () => {
    const place = who.parts.get('played')?.header.place;
    return place?.position === position && place.at === null;
  });
  return who.read('played').pictures[0];
}

test('R89 at a stop a path shows its pin, bit for bit; between two, what lies there; and it plays while the model learns', async () => {
  await paused('gan', { codingSize: 6, generatorUnits: [12], discriminatorUnits: [12] });
  const latents = drawLatents(1, 3, 6);
  const pins: Pin[] = [];
  for (const latent of latents) pins.push(await keep(ada, { owner: 'gan', latent }));
  const ids = pins.map(({ id }) => id);
  await ada.client.edit((doc) => addStops(doc, ids, null));
  for (const person of [ada, ben]) person.client.look('run');
  const here = drawable(readDocument(ben.client.doc).pins, 'gan', { size: 6, layers: 0 });
  await until('both have them all', () => here.length === 3);
  await ben.sees('pinned', 'gan', here);
  for (const [place, pin] of pins.entries()) {
    await put(ada, { position: place, speed: 1, since: null });
    const seen = await standing(ben, place);
    expect(seen).toEqual(ben.read('pinned').pictures[here.findIndex(({ id }) => id === pin.id)]);
    expect(await standing(ada, place)).toEqual(seen);
  }
  await put(ben, { position: 1.25, speed: 1, since: null });
  await change(ada, 'gan', { from: ids[1] as string, to: ids[2] as string, t: 0.25 });
  await ben.sees('between', 'gan', here);
  expect(await standing(ben, 1.25)).toEqual(ben.read('between').pictures[0]);

  await ada.client.edit((doc) => doc.transact(() => doc.getMap('path').set('atEnd', 'closed')));
  await put(ada, { position: 0, speed: 2, since: Date.now() });
  await ada.client.command('resume');
  const { step } = ben.parts.get('played')?.header ?? { step: Number.POSITIVE_INFINITY };
  const places = new Set<number>();
  await until('many places, by newer weights', () => {
    const header = ben.parts.get('played')?.header;
    if (header?.place?.at != null && header.step > step) places.add(header.place.position);
    return places.size > 5;
  });
});

test('R89 through the styles a path of StyleGAN goes as the walk between two pins does', async () => {
  await paused('stylegan', {
    ...{ synthesisFilters: [8, 4], discriminatorFilters: [4], batchSize: 4 },
    ...{ codingSize: 5, styleSize: 6, mappingDepth: 2 },
  });
  const pins: Pin[] = [];
  for (const latent of drawLatents(3, 2, 5)) pins.push(await keep(ada, { owner: 'stylegan', latent }));
  const [a = '', b = ''] = pins.map(({ id }) => id);
  await ada.client.edit((doc) => {
    doc.getMap('path').set('way', 'style');
    addStops(doc, [a, b], null);
  });
  await change(ada, 'stylegan', { from: a, to: b, t: 0.5 });
  ben.client.look('run');
  const here = drawable(readDocument(ben.client.doc).pins, 'stylegan', { size: 5, layers: 4 });
  for (const part of ['between', 'pinned'] as const) await ben.sees(part, 'stylegan', here);
  await put(ada, { position: 0.5, speed: 1, since: null });
  expect(await standing(ben, 0.5)).toEqual(ben.read('between').pictures[0]);
  await put(ada, { position: 1, speed: 1, since: null });
  expect(await standing(ben, 1)).toEqual(ben.read('pinned').pictures[here.findIndex(({ id }) => id === b)]);
});
