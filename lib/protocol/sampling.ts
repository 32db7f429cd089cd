import * as z from 'zod/mini';
import { limits } from './limits';

/** What one may ask of a model while it trains, or once it has: the answer comes between two chunks. */
const bytes = z.instanceof(Uint8Array);
const unit = z.number().check(z.gte(0), z.lte(1));

export const sampleRequestSchema = z.discriminatedUnion('kind', [
  /** Images of latents (a GAN's noise, an autoencoder's codings): float32 [count, latent size], little endian. */
  z.object({
    kind: z.literal('images'),
    latents: bytes,
    /** StyleGAN: 1 keeps each w, 0 takes the mean w instead. */
    truncation: z.optional(unit),
    /** StyleGAN: strength of the noise, 0 to 1. */
    noise: z.optional(unit),
  }),
  /** Text that goes on from a prompt. */
  z.object({
    kind: z.literal('text'),
    prompt: z.string().check(z.maxLength(limits.promptCharacters)),
    length: z.int().check(z.gte(1), z.lte(limits.sampleCharacters)),
    /** Below 1 bolder about the likely, above 1 about the unlikely; 0 always takes the likeliest. */
    temperature: z.number().check(z.gte(0), z.lte(4)),
    seed: z.int().check(z.gte(0), z.lte(2 ** 31 - 1)),
  }),
  /** Codings of images: uint8 [count, pixels], 0 black to 255 white. */
  z.object({ kind: z.literal('codings'), images: bytes }),
]);
export type SampleRequest = z.infer<typeof sampleRequestSchema>;

/** Who answers: the playground's run, or the generator that somebody brought along. */
export const sampleSources = ['run', 'generator'] as const;
export type SampleSource = (typeof sampleSources)[number];

/** `step`: how many steps the answering weights have been trained. */
export const sampleResultSchema = z.discriminatedUnion('kind', [
  /** uint8 [count, height, width, channels]. */
  z.object({
    kind: z.literal('images'),
    step: z.int(),
    count: z.int(),
    height: z.int(),
    width: z.int(),
    channels: z.int(),
    pixels: bytes,
  }),
  /** The characters after the prompt; probabilities uint8 [characters], 255 certain. */
  z.object({ kind: z.literal('text'), step: z.int(), text: z.string(), probabilities: bytes }),
  /** float32 [count, size]. */
  z.object({ kind: z.literal('codings'), step: z.int(), count: z.int(), size: z.int(), codings: bytes }),
]);
export type SampleResult = z.infer<typeof sampleResultSchema>;
