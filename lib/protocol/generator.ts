import * as z from 'zod/mini';
import { limits } from './limits';

const [least, most] = limits.generatorSide;
const side = z.int().check(z.gte(least), z.lte(most));

/** Somebody's own generator of images, as it was found to work. */
export const generatorInfoSchema = z.object({
  /** Numbers of one latent. */
  latentSize: z.int().check(z.gte(1), z.lte(limits.generatorLatents)),
  height: side,
  width: side,
  /** 1 grey, 3 red, green and blue. */
  channels: z.int().check(z.gte(1), z.lte(3)),
  /** How its output lies in memory. */
  layout: z.enum(['NCHW', 'NHWC', 'NHW']),
  /** The values of its output that are black and white. */
  low: z.number(),
  high: z.number(),
});
export type GeneratorInfo = z.infer<typeof generatorInfoSchema>;

/** The generator that somebody brought into a playground, as all see it. */
export const generatorViewSchema = z.object({
  /** SHA-256 of the .onnx file in hex. */
  hash: z.string(),
  /** The file's name. */
  name: z.string().check(z.maxLength(limits.generatorName)),
  /** Bytes of the file. */
  size: z.int(),
  info: generatorInfoSchema,
});
export type GeneratorView = z.infer<typeof generatorViewSchema>;
