import * as z from 'zod/mini';

/** Pixels of a preview, as chat programs ask for them. */
export const previewSize = { width: 1200, height: 630 } as const;

/** What a playground's link says of it elsewhere: the server hands it to the page that it renders. */
const linkCardSchema = z.object({
  title: z.string(),
  /** What is trained there, in English: a chat program shows it to people of any language. */
  about: z.string(),
  /** Absolute address of the preview, a PNG file. */
  picture: z.string(),
  /** The site's own address, without a slash at its end. */
  site: z.string(),
});
export type LinkCard = z.infer<typeof linkCardSchema>;

/** The request's header in which the card travels within the server; one from outside is thrown away. */
export const linkCardHeader = 'x-colatent-link-card';

export const encodeLinkCard = (card: LinkCard): string => encodeURIComponent(JSON.stringify(card));

/** `null` without one. */
export function decodeLinkCard(header: string | null): LinkCard | null {
  return header === null ? null : linkCardSchema.parse(JSON.parse(decodeURIComponent(header)));
}
