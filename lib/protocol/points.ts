import * as z from 'zod/mini';

/**
 * Points of a cloud and what is known of each, in as many bits as a frame has room for.
 *
 * A point is one number: its places on a grid of `levels` in mixed radix, the first axis lowest. Before rounding
 * each coordinate is shifted by a share of `pitch` that depends on the point alone, and shifted back behind it
 * (subtractive dither), so that a coarse grid never shows as one.
 */

/** What may be known of each point besides its place. `class` is a number of a class, all others are continuous. */
export const channelKinds = ['class', 'loss', 'score', 'time'] as const;
export type ChannelKind = (typeof channelKinds)[number];

/** A continuous value is low + code / (2^bits - 1) * (high - low); a class is the code itself. */
const channelSchema = z.object({
  /** One of `channelKinds`; others are of a later version and are passed over. */
  kind: z.string(),
  low: z.number(),
  high: z.number(),
  bits: z.int().check(z.gte(1), z.lte(8)),
});

const axes = <Schema extends z.ZodMiniType>(each: Schema) => z.tuple([each, each, each]);

/** The part of a `points` header that says how its payload is packed. */
export const packingShape = {
  count: z.int().check(z.nonnegative()),
  /** Of the grid, in units of the projection: its first place on each axis, and from one place to the next. */
  low: axes(z.number()),
  pitch: z.number().check(z.positive()),
  levels: axes(z.int().check(z.gte(1))),
  channels: z.array(channelSchema),
};
const packingSchema = z.object(packingShape);
export type Packing = z.infer<typeof packingSchema>;

/** What is known of each point: float32 [count] each. */
export type ChannelValues = Partial<Record<ChannelKind, Float32Array>>;
