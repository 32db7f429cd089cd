import { isOf, type Recipe } from '@/lib/catalog/models';
import { between } from '@/lib/explore/geometry';
import { drawLatents } from '@/lib/explore/latents';
import { encodeFrame, type FrameHeader } from '@/lib/protocol/frames';
import { type GeneratorView, generatorId } from '@/lib/protocol/generator';
import { limits } from '@/lib/protocol/limits';
import type { RunView } from '@/lib/protocol/messages';
import type { SampleRequest, SampleResult } from '@/lib/protocol/sampling';
import type { PicturedPart } from '@/lib/protocol/topics';
import { codingOf, DRAWN_SAMPLES, type ExploreEntries, latentAt, walkOf } from '@/lib/room/explore';
import { drawable, type Pin } from '@/lib/room/pins';
import { type Drawer, type Drawing, drawingAt, isExplored, mostOf, questionsFor } from '@/lib/room/questions';
import type { Content } from '@/lib/room/roots';
import type { GeneratorControl } from '../files/generator';
import type { RunControl } from '../run/control';

/** What people decide about what is explored. */
export type Decided = Pick<Content, (typeof roots)[number]>;
const roots = ['explore', 'pins', 'path', 'playhead'] as const;

/** Whether something else is explored now. */
export const explores = (before: Decided, now: Decided): boolean =>
  roots.some((root) => before[root] !== now[root]);

/** What exploring needs of the room. */
export interface ExploredRoom {
  readonly control: Pick<RunControl, 'view' | 'sample'>;
  readonly generator: Pick<GeneratorControl, 'view' | 'sample'>;
  /** What people have decided, with what they move at this moment. */
  decided(): Decided;
  /** Milliseconds since 1970. */
  now(): number;
  /** Reports an error of work that nobody waits for. */
  report(error: unknown): void;
}

/** A model whose latents can be explored: the run's, or a generator that somebody brought. */
export interface Explorable extends Drawer {
  /** The run's id, or the generator's. */
  readonly id: string;
  /** Numbers of one latent. */
  readonly size: number;
  /** How many fixed pictures the run has to start from; 0 for a generator. */
  readonly pictures: number;
}

/** Whether the run has weights to sample from. */
export const hasWeights = ({ status }: RunView): boolean =>
  status.state !== 'queued' && status.state !== 'starting';

/** `null` for a run without weights, and for models of texts. */
export function explorableOfRun(run: RunView | null): Explorable | null {
  if (!run || !hasWeights(run)) return null;
  const { id, recipe } = run.spec;
  if (isOf('text', recipe)) return null;
  const pictures = run.assets?.count ?? 0;
  if (isExplored(recipe.model, 'coding') && pictures === 0) return null;
  const size = recipe.values.codingSize;
  const layers = layersOf(recipe);
  return { owner: recipe.model, id, size, layers, fields: [], pictures, most: limits.sampleImages };
}

/** Layers that styles steer: two a resolution; 0 for other models. */
const layersOf = (recipe: Recipe): number =>
  recipe.model === 'stylegan' ? 2 * recipe.values.synthesisFilters.length : 0;

export function explorableOfGenerator(generator: GeneratorView | null): Explorable | null {
  if (!generator) return null;
  const { latentSize: size, layers, fields } = generator.info;
  const most = mostOf(generator.info);
  return { owner: 'generator', id: generatorId(generator), size, layers, fields, pictures: 0, most };
}

/** What there is to draw of it. */
export function partsOf({ owner, layers }: Explorable, pins: readonly Pin[]): readonly PicturedPart[] {
  return [
    ...(pins.length > 0 ? (['pinned', 'played'] as const) : []),
    ...(isExplored(owner, 'coding') ? (['coded'] as const) : []),
    ...(isExplored(owner, 'walk') ? (['between', layers > 0 ? 'crossed' : 'ends', 'drawn'] as const) : []),
  ];
}

function drawingOf(
  part: WalkedPart,
  { owner, size, layers }: Explorable,
  entries: ExploreEntries,
  pins: readonly Pin[],
): Drawing {
  if (part === 'pinned') return drawingAt(pins, layers);
  const walk = walkOf(entries, owner);
  if (part === 'drawn') return { latents: drawLatents(walk.seed, DRAWN_SAMPLES, size) };
  const [from, to] = [latentAt(walk.from, size, pins), latentAt(walk.to, size, pins)];
  if (part === 'ends') return { latents: [from, to] };
  const mixed = (shares: Float32Array[]): Drawing => ({
    latents: shares.map(() => from),
    others: shares.map(() => to),
    shares,
  });
  if (part === 'crossed') {
    const crossings = Array.from({ length: layers + 1 }, (_, i) => layers - i);
    return mixed(
      crossings.map((first) => Float32Array.from({ length: layers }, (_, i) => (i < first ? 0 : 1))),
    );
  }
  if (layers === 0) return { latents: [between(from, to, walk.t)] };
  const own = new Map(walk.layers);
  return mixed([Float32Array.from({ length: layers }, (_, i) => own.get(i) ?? walk.t)]);
}

/** What doesn't move by itself. */
export type WalkedPart = Exclude<PicturedPart, 'played'>;

/**
 * The questions to the model that bring what a part shows, in the order of their pictures.
 * @param pins those that it can draw.
 */
export function questionsOf(
  part: WalkedPart,
  explorable: Explorable,
  entries: ExploreEntries,
  pins: readonly Pin[] = [],
): SampleRequest[] {
  if (part === 'coded') {
    const { picture, moved } = codingOf(entries, explorable.owner);
    const known = picture < explorable.pictures ? picture : 0;
    return [{ kind: 'recoded', picture: known, moved: moved.map(([place, value]) => [place, value]) }];
  }
  return questionsFor(drawingOf(part, explorable, entries, pins), explorable, entries);
}

type Header = Extract<FrameHeader, { kind: 'explored' }>;
/** The pins that can be drawn of it, in the order of their pictures. */
export const pinsOf = (explorable: Explorable, pins: readonly Pin[]): readonly Pin[] =>
  drawable(pins, explorable.owner, explorable);

export type About = Pick<Header, 'run' | 'part' | 'asked' | 'place'>;

/** What is to be drawn of a part. */
export interface Wanted {
  /** What of the document it answers. */
  readonly asked: string;
  /** Of the path, and whether it is another one soon. */
  readonly place?: About['place'];
  readonly isMoving?: boolean;
  questions(): SampleRequest[];
}

interface Pictures extends Pick<Header, 'step' | 'count' | 'height' | 'width' | 'channels'> {
  readonly pixels: Uint8Array;
}

/** Bytes of a frame that its header may take. */
const headerBytes = 4096;

/** Pictures shrunk by averaging squares of `factor` pixels; the rest of a side is cut off. */
function shrunk({ count, height, width, channels, pixels, step }: Pictures, factor: number): Pictures {
  const [rows, columns] = [Math.floor(height / factor), Math.floor(width / factor)];
  const small = new Uint8Array(count * rows * columns * channels);
  let at = 0;
  for (let image = 0; image < count; image++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        for (let channel = 0; channel < channels; channel++) {
          let sum = 0;
          for (let i = 0; i < factor * factor; i++) {
            const y = row * factor + Math.floor(i / factor);
            const x = column * factor + (i % factor);
            sum += pixels[((image * height + y) * width + x) * channels + channel] as number;
          }
          small[at++] = Math.round(sum / factor ** 2);
        }
  return { step, count, height: rows, width: columns, channels, pixels: small };
}

function fitting(pictures: Pictures, bytes: number): Pictures {
  let factor = 1;
  while (pictures.pixels.length / factor ** 2 > bytes) factor += 1;
  return factor === 1 ? pictures : shrunk(pictures, factor);
}

function picturesOf(answers: readonly SampleResult[]): Pictures & { readonly coding: Uint8Array } {
  const [first] = answers;
  const coding = first?.kind === 'recoded' ? first.coding : new Uint8Array();
  if (first?.kind === 'recoded') return { ...first, count: 1, coding };
  const images = answers.filter((each) => each.kind === 'images');
  const [one] = images;
  if (!one) throw new TypeError(`Images expected, got ${first?.kind}`);
  if (images.length === 1) return { ...one, coding };
  const count = images.reduce((sum, each) => sum + each.count, 0);
  return { ...one, count, coding, pixels: new Uint8Array(Buffer.concat(images.map((each) => each.pixels))) };
}

/** What people see of a part; large pictures of which there are several are shrunk, but pins, which are kept as they are. */
export function exploredFrame(about: About, answers: readonly SampleResult[]): Uint8Array {
  const { coding, ...all } = picturesOf(answers);
  const isWhole = all.count === 1 || about.part === 'pinned';
  const most = (isWhole ? limits.exploredBytes : limits.frameBytes) - headerBytes - coding.length;
  const { pixels, step, count, height, width, channels } = fitting(all, most);
  const payload = new Uint8Array(coding.length + pixels.length);
  payload.set(coding);
  payload.set(pixels, coding.length);
  const size = { step, count, height, width, channels, coding: coding.length / 4 };
  return encodeFrame({ kind: 'explored', ...about, ...size }, payload);
}
