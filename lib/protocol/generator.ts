import * as z from 'zod/mini';
import { limits } from './limits';

const [least, most] = limits.generatorSide;
const side = z.int().check(z.gte(least), z.lte(most));

/** A way to see pixels in the numbers of an output. */
const pixelFormSchema = z.object({
  /** How they lie in memory. */
  layout: z.enum(['NCHW', 'NHWC', 'NHW']),
  height: side,
  width: side,
  /** 1 grey; 3 red, green and blue; 4 these and how opaque they are. */
  channels: z.int().check(z.gte(1), z.lte(4)),
});
export type PixelForm = z.infer<typeof pixelFormSchema>;

/** By what a field's key is named: it is an entry of the document. */
export const fieldKeyPattern = /^[\w.-]{1,40}$/;

/** A further input of the model, the same for all pictures; people choose it. */
const fieldSchema = z.object({
  key: z.string().check(z.regex(fieldKeyPattern)),
  /** As the model calls it. */
  name: z.string(),
  /** Classes are counted from 0; a switch is 0 or 1. */
  kind: z.enum(['class', 'number', 'whole', 'switch']),
  least: z.number(),
  most: z.number(),
  /** What it is as long as nobody has chosen. */
  initial: z.number(),
  /** Of a class: what the file calls each, in the order of their numbers; '' for one without a name. */
  classNames: z.optional(
    z
      .array(z.string().check(z.maxLength(limits.generatorClassName)))
      .check(z.maxLength(limits.generatorClasses)),
  ),
});
export type GeneratorField = z.infer<typeof fieldSchema>;

/** Somebody's own generator of images, as it was found to work. */
export const generatorInfoSchema = z.object({
  /** Numbers of one latent. */
  latentSize: z.int().check(z.gte(1), z.lte(limits.generatorLatents)),
  /** Whether the file leaves that number open. */
  isOpen: z._default(z.boolean(), false),
  height: side,
  width: side,
  /** Of the pictures that it draws: 1 grey, 3 red, green and blue. */
  channels: z.int().check(z.gte(1), z.lte(3)),
  /** How its output may be read, where the file doesn't say; else none. */
  forms: z._default(z.array(pixelFormSchema), []),
  /** Which of them is taken. */
  form: z._default(z.int(), 0),
  /** The values of its output that are black and white. */
  low: z.number(),
  high: z.number(),
  fields: z._default(z.array(fieldSchema), []),
  /** Layers, each of which blends the styles of two latents by a share of its own; 0 of most. */
  layers: z._default(z.int(), 0),
});
export type GeneratorInfo = z.infer<typeof generatorInfoSchema>;

/** What the file leaves open and people may choose. */
export const generatorReadingSchema = z.object({
  latentSize: z.optional(z.int().check(z.gte(1), z.lte(limits.generatorLatents))),
  form: z.optional(z.int().check(z.gte(0), z.lt(limits.generatorForms))),
});
export type GeneratorReading = z.infer<typeof generatorReadingSchema>;

/** The generator that somebody brought into a playground, as all see it. */
export const generatorViewSchema = z.object({
  /** SHA-256 of the .onnx file in hex. */
  hash: z.string(),
  /** The file's name. */
  name: z.string().check(z.maxLength(limits.generatorName)),
  /** Bytes of the file. */
  size: z.int(),
  reading: z._default(generatorReadingSchema, {}),
  info: generatorInfoSchema,
});
export type GeneratorView = z.infer<typeof generatorViewSchema>;

/** What one file is, read in one way: pictures of another id are of something else. */
export const generatorId = ({ hash, reading }: Pick<GeneratorView, 'hash' | 'reading'>): string =>
  [hash, reading.latentSize ?? '', reading.form ?? ''].join('/');

/** A field's value among the document's entries, if it fits the model that is here; else its initial one. */
export function fieldValue(field: GeneratorField, chosen: number | string | undefined): number {
  const { kind, least, most, initial } = field;
  const fits = typeof chosen === 'number' && chosen >= least && chosen <= most;
  return fits && (kind === 'number' || Number.isInteger(chosen)) ? chosen : initial;
}
