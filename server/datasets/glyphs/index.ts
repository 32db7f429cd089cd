import { datasetOf } from '@/lib/catalog/datasets';
import { RandomStream } from '@/lib/random';
import type { ImageSet } from '../dataset';
import { shapes } from './shapes';

/** Glyphs: shapes drawn by this file, so there is no source and no licence beyond the project's own. */
const defaultCount = 6000;
const defaultSeed = 2019;

/** How one glyph differs from the next of its class. Lengths in pixels, angles in radians. */
function varied(random: RandomStream) {
  const radius = random.uniform(6.5, 11);
  const room = 13 - radius * 0.9;
  return {
    radius,
    centreX: 13.5 + random.uniform(-room, room) * 0.6,
    centreY: 13.5 + random.uniform(-room, room) * 0.6,
    angle: random.normal() * 0.3,
    aspect: random.uniform(0.85, 1.18),
    style: { stroke: random.uniform(0.12, 0.28), form: random.uniform() },
    /** Width of the edge: crisp to soft. */
    edge: random.uniform(0.8, 1.6),
    ink: random.uniform(0.75, 1),
    /** Change of the ink over one radius, in a direction of its own. */
    shade: random.uniform(0, 0.22),
    light: random.uniform(0, 2 * Math.PI),
    noise: random.uniform(0.005, 0.035),
  };
}

type Varied = ReturnType<typeof varied>;

/** Draws one glyph into `image`, [height, width]; edges are smoothed by the distance to them. */
function draw(image: Uint8Array, width: number, kind: number, given: Varied, random: RandomStream): void {
  const shape = shapes[kind];
  if (!shape) throw new RangeError(`There are ${shapes.length} kinds of glyphs, no kind ${kind}`);
  const { radius, centreX, centreY, angle, aspect, style, edge, ink, shade, light, noise } = given;
  const cos = Math.cos(angle) / radius;
  const sin = Math.sin(angle) / radius;
  const lightX = Math.cos(light) * shade;
  const lightY = Math.sin(light) * shade;
  // The sum of two 16-bit draws: triangular noise of `2 * noise` at most.
  const grainScale = (2 * noise) / 0xffff;
  for (let i = 0; i < image.length; i++) {
    const dx = (i % width) - centreX;
    const dy = Math.floor(i / width) - centreY;
    const x = (dx * cos + dy * sin) / aspect;
    const y = (dy * cos - dx * sin) * aspect;
    const cover = Math.min(Math.max(0.5 - (shape(x, y, style) * radius) / edge, 0), 1);
    const bits = random.bits();
    const grain = ((bits & 0xffff) + (bits >>> 16) - 0xffff) * grainScale;
    const value = cover * (ink + x * lightX + y * lightY) + grain;
    image[i] = Math.round(Math.min(Math.max(value, 0), 1) * 255);
  }
}

const {
  shape: [height, width, channels],
  classes,
} = datasetOf('glyphs');
const pixels = height * width * channels;

/** Glyphs with the classes that they were drawn as. @param images uint8 [count, height, width, channels] */
export function glyphSet(images: Uint8Array): ImageSet {
  const count = images.length / pixels;
  const labels = Uint8Array.from({ length: count }, (_, i) => i % shapes.length);
  return { kind: 'images', count, height, width, channels, images, labels, classes };
}

/**
 * `count` glyphs of 28 x 28 pixels, the same ones for the same seed. The classes take turns, so every
 * stretch of the set has all of them.
 */
export function generateGlyphs(count = defaultCount, seed = defaultSeed): ImageSet {
  const set = glyphSet(new Uint8Array(count * pixels));
  const random = new RandomStream(seed, 'glyphs');
  set.labels.forEach((kind, i) => {
    draw(set.images.subarray(i * pixels, (i + 1) * pixels), width, kind, varied(random), random);
  });
  return set;
}
