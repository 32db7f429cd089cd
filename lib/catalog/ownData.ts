/**
 * Data sets that people bring into their playground. Such an id tells kind, shape and content, so that what a recipe
 * costs and which models can learn from it is told by the recipe alone:
 *   own:images-28x28x1-<sha256>    sides in pixels, channels (1 grey, 3 red, green and blue)
 *   own:text-12000-39-65-<sha256>  characters, distinct ones in lower case, and as they are; in earlier versions
 *                                  without the first of these numbers
 * The hash, 64 hex digits, is that of the file with its content (server/datasets/own).
 */
export type OwnImagesId = `own:images-${string}`;
export type OwnTextId = `own:text-${string}`;
export type OwnDataId = OwnImagesId | OwnTextId;

/** Sides of one's own images, in pixels: they are cropped to a square and made as small as this. */
export const ownSides = [28, 32] as const;

/** A text's length in characters, if its id states it, and its number of distinct ones in lower case and as it is. */
export interface OwnTextShape {
  readonly kind: 'text';
  readonly characters?: number;
  readonly vocabulary: { readonly lower: number; readonly 'as-is': number };
}

export type OwnShape =
  | { readonly kind: 'images'; readonly shape: readonly [height: number, width: number, channels: number] }
  | OwnTextShape;

const imagesPattern = /^own:images-(28|32)x\1x([13])-([0-9a-f]{64})$/;
const textPattern = /^own:text-(?:(\d{1,8})-)?(\d{1,4})-(\d{1,4})-([0-9a-f]{64})$/;

export const isOwnImages = (id: string): id is OwnImagesId => imagesPattern.test(id);
export const isOwnText = (id: string): id is OwnTextId => textPattern.test(id);
export const isOwn = (id: string): id is OwnDataId => isOwnImages(id) || isOwnText(id);

const textNumbers = ({ characters, vocabulary }: OwnTextShape): number[] => [
  ...(characters === undefined ? [] : [characters]),
  vocabulary.lower,
  vocabulary['as-is'],
];

export function ownIdOf(content: OwnShape, hash: string): OwnDataId {
  return content.kind === 'images'
    ? `own:images-${content.shape.join('x')}-${hash}`
    : `own:text-${textNumbers(content).join('-')}-${hash}`;
}

/** The shape that an id states. */
export function ownShapeOf(id: OwnDataId): OwnShape {
  const text = textPattern.exec(id);
  if (text) {
    const [, characters, lower, asIs] = text;
    const vocabulary = { lower: Number(lower), 'as-is': Number(asIs) };
    return { kind: 'text', ...(characters !== undefined && { characters: Number(characters) }), vocabulary };
  }
  const [, side, channels] = imagesPattern.exec(id) ?? [];
  return { kind: 'images', shape: [Number(side), Number(side), Number(channels)] };
}

/** SHA-256 of the content's file in hex. */
export const ownHashOf = (id: OwnDataId): string => id.slice(-64);
