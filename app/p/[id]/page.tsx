import type { Metadata } from 'next';
import { Playground } from './Playground';

export const metadata: Metadata = { title: 'Playground' };

export default async function PlaygroundPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <Playground id={id} />;
}
