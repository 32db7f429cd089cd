import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { addressOf } from '@/lib/address';
import { nonceHeader } from '@/lib/protocol/nonce';
import { Everywhere } from './_ui/Everywhere';
import { languageScript } from './_ui/languageScript';
import { slowNetworkScript } from './_ui/slowNetworkScript';
import { themeScript } from './_ui/themeScript';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Colatent', template: '%s · Colatent' },
  description: 'One link, one room: tune, train and explore a generative model together, live.',
  icons: { icon: addressOf('/icon.svg'), apple: addressOf('/apple-touch-icon.png') },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#faf8f4' },
    { media: '(prefers-color-scheme: dark)', color: '#12110e' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get(nonceHeader) ?? undefined;
  return (
    // The scripts below set data-theme, data-slow and lang before React looks at the page.
    <html lang="en" suppressHydrationWarning>
      <head>
        <script nonce={nonce}>{themeScript}</script>
        <script nonce={nonce}>{languageScript}</script>
        <script nonce={nonce}>{slowNetworkScript}</script>
      </head>
      <body>
        <Everywhere />
        {children}
      </body>
    </html>
  );
}
