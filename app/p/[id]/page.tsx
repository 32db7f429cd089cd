import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { lineScript } from '@/app/_room/lineScript';
import { decodeLinkCard, linkCardHeader, previewSize } from '@/lib/protocol/linkCard';
import { nonceHeader } from '@/lib/protocol/nonce';
import { Playground } from './Playground';

/** What chat programs show of the link. */
export async function generateMetadata(): Promise<Metadata> {
  const card = decodeLinkCard((await headers()).get(linkCardHeader));
  if (!card) return { title: 'Playground' };
  const { title, about: description, picture: url, site } = card;
  const { width, height } = previewSize;
  return {
    metadataBase: new URL(site),
    title,
    description,
    openGraph: {
      type: 'website',
      siteName: 'Colatent',
      title,
      description,
      images: [{ url, width, height }],
    },
    twitter: { card: 'summary_large_image', title, description, images: [url] },
  };
}

export default async function PlaygroundPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const nonce = (await headers()).get(nonceHeader) ?? undefined;
  return (
    <>
      <script nonce={nonce}>{lineScript}</script>
      <Playground id={id} />
    </>
  );
}
