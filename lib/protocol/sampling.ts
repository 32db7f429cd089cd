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
    /**
     * StyleGAN: blends the style of each latent with that of another one, layer by layer. float32 [count, latent size],
     * and float32 [count, layers]: 0 takes the latent's style, 1 the other one's.
     */
    mixed: z.optional(z.object({ others: bytes, shares: bytes })),
    /** Somebody's own generator: the values of its fields, in their order. */
    fields: z.optional(z.array(z.number()).check(z.maxLength(limits.generatorFields))),
  }),
  /** One of the run's fixed pictures, coded and drawn again with some numbers of its coding in place of its own. */
  z.object({
    kind: z.literal('recoded'),
    picture: z.int().check(z.gte(0), z.lt(limits.cloudPoints)),
    moved: z.array(z.tuple([z.int().check(z.gte(0)), z.number()])).check(z.maxLength(limits.exploredNumbers)),
  }),
  /** Text that goes on from a prompt. */
  z.object({
    kind: z.literal('text'),
    prompt: z.string().check(z.maxLength(limits.promptCharacters)),
    length: z.int().check(z.gte(1), z.lte(limits.sampleCharacters)),
    /** Below 1 bolder about the likely, above 1 about the unlikely; 0 always takes the likeliest. */
    temperature: z.number().check(z.gte(0), z.lte(4)),
    seed: z.int().check(z.gte(0), z.lte(2 ** 31 - 1)),
    /** Draw among so many of the likeliest; 0 or absent among all. */
    topK: z.optional(z.int().check(z.gte(0), z.lte(limits.topK))),
    /** End once this has been written. */
    stop: z.optional(z.string().check(z.maxLength(limits.stopCharacters))),
    /**
     * Answer with the first piece, as much as one engine call writes. Whoever wants more asks again with what came
     * appended to the prompt and a shorter length: with the same seed that gives the text that one answer would.
     */
    pieces: z.optional(z.boolean()),
    /** How many of the prompt's last characters were written after it; `stop` may have begun in them. */
    written: z.optional(z.int().check(z.gte(0))),
  }),
  /** What a layer's units do while the model reads a text. */
  z.object({
    kind: z.literal('activations'),
    /** Absent: the beginning of the text kept aside for validation. */
    text: z.optional(z.string().check(z.minLength(1), z.maxLength(limits.activationCharacters))),
    layer: z.int().check(z.gte(0)),
  }),
  /** Codings of images: uint8 [count, pixels], 0 black to 255 white. */
  z.object({ kind: z.literal('codings'), images: bytes }),
  /**
   * A layer as pictures: its weights, or what it gives for an example; `weights` begins their names in the state, as
   * lib/catalog/network has it.
   */
  z.object({
    kind: z.literal('layer'),
    weights: z.string().check(z.maxLength(limits.layerNameCharacters)),
    /** Absent: weights. */
    what: z.optional(z.enum(['weights', 'activations'])),
  }),
  /** A model with two networks: all that the next training step does, without taking it. */
  z.object({ kind: z.literal('stages') }),
]);
export type SampleRequest = z.infer<typeof sampleRequestSchema>;

/** What samples are asked of: the playground's run, or the generator that somebody brought. */
export const samplers = ['run', 'generator'] as const;
export type Sampler = (typeof samplers)[number];

/** How real the discriminator finds examples, and on the mean its whole batch; 0 to 1. */
const judgedSchema = z.object({ each: z.array(z.number()), mean: z.number() });
/** Before and after the update of the network whose turn it is. */
const scoresSchema = z.object({ before: judgedSchema, after: judgedSchema });

/** What goes through a network while one looks at its layers. */
const exampleSchema = z.discriminatedUnion('kind', [
  /** An image that it reads: one of the data set. uint8 [height, width, channels]. */
  z.object({ kind: z.literal('read'), height: z.int(), width: z.int(), channels: z.int(), pixels: bytes }),
  /** An image that it draws, of the same noise throughout. */
  z.object({ kind: z.literal('drawn'), height: z.int(), width: z.int(), channels: z.int(), pixels: bytes }),
  /** The last characters of a text that it reads, of the part kept aside for validation. */
  z.object({ kind: z.literal('text'), text: z.string() }),
]);
export type LayerExample = z.infer<typeof exampleSchema>;

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
  /**
   * The characters after the prompt, as a passage (writings.ts); `piece`: more would follow. The prompt is composed
   * (NFC) and read without the characters `unknown`, each once, that the model's text hasn't.
   */
  z.object({
    kind: z.literal('text'),
    step: z.int(),
    text: z.string(),
    unknown: z.string(),
    probabilities: bytes,
    best: z.string(),
    bestProbabilities: bytes,
    ended: z.enum(['length', 'stop', 'piece']),
  }),
  /**
   * int8 [characters, units], 127 for 1, after each character of `text`, which is what the model read: without the
   * characters `unknown`; its probabilities as of a passage.
   */
  z.object({
    kind: z.literal('activations'),
    step: z.int(),
    text: z.string(),
    unknown: z.string(),
    /** How many recurrent layers there are. */
    layers: z.int(),
    units: z.int(),
    activations: bytes,
    probabilities: bytes,
  }),
  /** The picture's own coding, float32 [size], and what was drawn, uint8 [1, height, width, channels]. */
  z.object({
    kind: z.literal('recoded'),
    step: z.int(),
    size: z.int(),
    height: z.int(),
    width: z.int(),
    channels: z.int(),
    coding: bytes,
    pixels: bytes,
  }),
  /** float32 [count, size]. */
  z.object({ kind: z.literal('codings'), step: z.int(), count: z.int(), size: z.int(), codings: bytes }),
  /**
   * uint8 [count, height, width, 1]: 128 for 0, 1 and 255 for -reach and reach; the first of `total` pictures.
   * Activations are a map a channel; or a row of cells, [1, 1, units, 1]; or of a text [1, units, characters, 1], the
   * first of `total` units; or, of the layer that draws it, the image itself, `isImage`, [1, height, width, channels].
   */
  z.object({
    kind: z.literal('layer'),
    step: z.int(),
    count: z.int(),
    height: z.int(),
    width: z.int(),
    channels: z.int(),
    pixels: bytes,
    total: z.int(),
    /** The largest magnitude in the layer. */
    reach: z.number(),
    /** Of activations. */
    example: z.optional(exampleSchema),
    /** Levels are an image's, 0 black to 255 white. */
    isImage: z.optional(z.boolean()),
  }),
  /**
   * The next step, `step + 1`, stage by stage. Of its batches the first `count` examples: noise float32
   * [count, latentSize], images uint8 [count, height, width, channels]. The discriminator learns on `reals` and on
   * `fakes` made of `noise`; then the generator on `freshFakes` made of `freshNoise`.
   */
  z.object({
    kind: z.literal('stages'),
    step: z.int(),
    count: z.int(),
    height: z.int(),
    width: z.int(),
    channels: z.int(),
    latentSize: z.int(),
    batchSize: z.int(),
    noise: bytes,
    freshNoise: bytes,
    reals: bytes,
    fakes: bytes,
    freshFakes: bytes,
    /** What the generator makes of the same noise after its update. */
    freshFakesAfter: bytes,
    scores: z.object({ real: scoresSchema, fake: scoresSchema, fresh: scoresSchema }),
    losses: z.object({ discriminator: z.number(), generator: z.number() }),
  }),
]);
export type SampleResult = z.infer<typeof sampleResultSchema>;
