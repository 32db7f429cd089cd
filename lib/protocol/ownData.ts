import * as z from 'zod/mini';
import { isOwnImages, isOwnText, type OwnImagesId, type OwnTextId, ownSides } from '../catalog/ownData';
import { limits } from './limits';

const common = {
  name: z.string().check(z.maxLength(limits.ownDataName)),
  /** Bytes of the file that was brought. */
  size: z.int(),
  /** SHA-256 in hex of the blob that shows what it is like: `/api/blobs/<hash>`. */
  preview: z.string(),
};

/** A data set that somebody brought into the playground, as all see it. */
export const ownDataSchema = z.discriminatedUnion('kind', [
  /** Preview: uint8 labels[n], then uint8 images[n, height, width, channels], n the first `limits.ownPreviewImages`. */
  z.object({
    kind: z.literal('images'),
    id: z.custom<OwnImagesId>((id) => typeof id === 'string' && isOwnImages(id)),
    ...common,
    count: z.int(),
    /** In the order of the labels. */
    classes: z.array(z.object({ name: z.string(), count: z.int() })),
    /** Images that could not be read and were left out, and what was wrong with the first; '' without any. */
    skipped: z.int(),
    reason: z.string(),
  }),
  /** Preview: the first `limits.ownPreviewCharacters` characters in UTF-8. */
  z.object({
    kind: z.literal('text'),
    id: z.custom<OwnTextId>((id) => typeof id === 'string' && isOwnText(id)),
    ...common,
    characters: z.int(),
    lines: z.int(),
  }),
]);
export type OwnData = z.infer<typeof ownDataSchema>;

/** How images are to be read: `auto` makes them grey if all of them are. */
export const imageFormSchema = z.object({
  side: z.union(ownSides.map((side) => z.literal(side))),
  colour: z.enum(['auto', 'grey', 'colour']),
});
export type ImageForm = z.infer<typeof imageFormSchema>;

/** The answer to an upload as it goes on: one line of JSON each, `brought` or `refused` the last. */
export const uploadNewsSchema = z.discriminatedUnion('kind', [
  /** Files read so far, and in all. */
  z.object({ kind: z.literal('progress'), done: z.int(), total: z.int() }),
  z.object({ kind: z.literal('brought'), data: ownDataSchema }),
  z.object({ kind: z.literal('refused'), message: z.string() }),
]);
export type UploadNews = z.infer<typeof uploadNewsSchema>;
