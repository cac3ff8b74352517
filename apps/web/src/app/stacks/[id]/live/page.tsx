import type { Metadata } from 'next';
import { LiveView } from './_components/live-view.tsx';

export const metadata: Metadata = { title: 'Live' };

interface LivePageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function LivePage({ params }: LivePageProps) {
  const { id } = await params;
  return <LiveView key={id} stackId={id} />;
}
