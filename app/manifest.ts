import type { MetadataRoute } from 'next';
import { addressOf } from '@/lib/address';

export default function manifest(): MetadataRoute.Manifest {
  return {
    name: 'Colatent',
    short_name: 'Colatent',
    description: 'One link, one room: tune, train and explore a generative model together, live.',
    start_url: addressOf('/'),
    scope: addressOf('/'),
    display: 'standalone',
    background_color: '#12110e',
    theme_color: '#12110e',
    icons: [
      { src: addressOf('/icon.svg'), sizes: 'any', type: 'image/svg+xml' },
      { src: addressOf('/icon-512.png'), sizes: '512x512', type: 'image/png' },
    ],
  };
}
