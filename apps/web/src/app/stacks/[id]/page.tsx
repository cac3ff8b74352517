import type { Metadata } from 'next';
import { StackView } from './_components/stack-view.tsx';

export const metadata: Metadata = { title: 'Stack' };

interface StackPageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function StackPage({ params }: StackPageProps) {
  const { id } = await params;
  return <StackView key={id} stackId={id} />;
}
