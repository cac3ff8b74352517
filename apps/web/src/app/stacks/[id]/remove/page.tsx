import type { Metadata } from 'next';
import { RemoveView } from './_components/remove-view.tsx';

export const metadata: Metadata = { title: 'Remove a stack' };

interface RemovePageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function RemovePage({ params }: RemovePageProps) {
  const { id } = await params;
  return <RemoveView key={id} stackId={id} />;
}
