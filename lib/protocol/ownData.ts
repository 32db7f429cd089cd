import * as z from 'zod/mini';
import { encodingIds } from '../catalog/encodings';
import { isOwnImages, isOwnText, type OwnImagesId, type OwnTextId, ownSides } from '../catalog/ownData';
import { sentenceSchema } from '../text/sentenceSchema';
import { limits } from './limits';

const common = {
  name: z.string().check(z.maxLength(limits.ownDataName)),
  /** Bytes of the file that was brought. */
  size: z.int(),
  /** SHA-256 in hex of the blob that shows what it is like: `/api/blobs/<hash>`. */
  preview: z.string(),
};

/** Files that were left out for one reason: how many, and the first of their names. */
const leftOutSchema = z.object({ reason: sentenceSchema, count: z.int(), names: z.array(z.string()) });
export type LeftOut = z.infer<typeof leftOutSchema>;
/** How the bytes of a text, or of several in a row, became characters. */
const textReadingSchema = z.object({
  /** Texts that were joined, in the order of their names. */
  texts: z.int(),
  /** All that occur. */
  encodings: z.array(z.enum(encodingIds)),
  /** Whether one of them could be another one: it was chosen by what is likely, or by a person. */
  isUncertain: z.boolean(),
  /** Texts that began or ended within a character, which was left out. */
  cut: z.int(),
  /** Places where bytes were no characters and were left out. */
  broken: z.int(),
  /** Distinct characters that became `MERGED`, the rarest, and how often they occur in all; 0 for none. */
  merged: z.object({ distinct: z.int(), places: z.int() }),
  /** Files that are no texts. */
  leftOut: z.array(leftOutSchema),
});
export type TextReading = z.infer<typeof textReadingSchema>;

/** What stands for the rarest characters of a text that has too many different ones. */
export const MERGED = '\uFFFD';

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
    leftOut: z.array(leftOutSchema),
  }),
  /**
   * Preview: the first `limits.ownPreviewCharacters` characters in UTF-8; where the encoding is uncertain, from the first
   * line on that depends on it.
   */
  z.object({
    kind: z.literal('text'),
    id: z.custom<OwnTextId>((id) => typeof id === 'string' && isOwnText(id)),
    ...common,
    characters: z.int(),
    lines: z.int(),
    /** How it was read; absent in those of earlier versions. */
    reading: z.optional(textReadingSchema),
  }),
]);
export type OwnData = z.infer<typeof ownDataSchema>;

/** How an archive's names may be written; the format itself knows the first and the last. */
export const nameEncodings = ['utf-8', 'cp949', 'shift-jis', 'gbk', 'big5', 'cp866', 'cp437'] as const;
export type NameEncoding = (typeof nameEncodings)[number];

/** How images are to be read. */
export const imageFormSchema = z.object({
  side: z.union(ownSides.map((side) => z.literal(side))),
  /** `auto` makes them grey if all of them are. */
  colour: z.enum(['auto', 'grey', 'colour']),
  /** Which folders are the classes: the id of a `FolderChoice`; `auto` takes what is likeliest. */
  classes: z._default(z.string().check(z.maxLength(20)), 'auto'),
  /** Of names in an archive that don't say it; `auto` detects it. */
  names: z._default(z.enum(['auto', ...nameEncodings]), 'auto'),
});
export type ImageForm = z.infer<typeof imageFormSchema>;

/** How images are read unless somebody says otherwise. */
export const plainForm: ImageForm = { side: 28, colour: 'auto', classes: 'auto', names: 'auto' };

/** A way to tell classes apart: how many there are, and the first of their names. */
const folderChoiceSchema = z.object({ id: z.string(), classes: z.int(), examples: z.array(z.string()) });
export type FolderChoice = z.infer<typeof folderChoiceSchema>;

const namesFoundSchema = z.object({ encoding: z.enum(nameEncodings), isCertain: z.boolean() });
export type NamesFound = z.infer<typeof namesFoundSchema>;

/** How images could be read otherwise. */
export const imageChoicesSchema = z.object({
  /** From the top of the folders down; the last one takes all images as one class. */
  folders: z.array(folderChoiceSchema),
  chosen: z.string(),
  /** Whether no other choice is likely. */
  isClear: z.boolean(),
  /** `null` where all names say their encoding. */
  names: z.nullable(namesFoundSchema),
});
export type ImageChoices = z.infer<typeof imageChoicesSchema>;
/** How an upload is to be read, whatever it is. */
export const uploadFormSchema = z.extend(imageFormSchema, {
  /** The encoding of texts that don't tell theirs; absent: the likeliest. */
  encoding: z.optional(z.enum(encodingIds)),
});
export type UploadForm = z.infer<typeof uploadFormSchema>;

/** What was read of an upload that isn't taken yet; `preview` holds the bytes of its preview in base64. */
const ownDraftSchema = z.object({
  id: z.string(),
  form: uploadFormSchema,
  data: ownDataSchema,
  choices: z.nullable(imageChoicesSchema),
  preview: z.string(),
});
export type OwnDraft = z.infer<typeof ownDraftSchema>;

/** The answer to an upload as it goes on: one line of JSON each, `draft`, `brought` or `refused` the last. */
export const uploadNewsSchema = z.discriminatedUnion('kind', [
  /** Files read so far, and in all. */
  z.object({ kind: z.literal('progress'), done: z.int(), total: z.int() }),
  z.object({ kind: z.literal('draft'), draft: ownDraftSchema }),
  z.object({ kind: z.literal('brought'), data: ownDataSchema }),
  /** `error`: the sentence in English. */
  z.object({ kind: z.literal('refused'), error: z.string(), sentence: sentenceSchema }),
]);
export type UploadNews = z.infer<typeof uploadNewsSchema>;
