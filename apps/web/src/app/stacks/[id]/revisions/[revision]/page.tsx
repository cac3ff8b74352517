import type { Metadata } from 'next';
import { RevisionView } from './_components/revision-view.tsx';

export const metadata: Metadata = { title: 'Revision' };

interface RevisionPageProps {
  readonly params: Promise<{ readonly id: string; readonly revision: string }>;
}

export default async function RevisionPage({ params }: RevisionPageProps) {
  const { id, revision } = await params;
  return <RevisionView key={`${id} ${revision}`} stackId={id} number={revision} />;
}
