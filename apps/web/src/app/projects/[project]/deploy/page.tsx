import type { Metadata } from 'next';
import { Suspense } from 'react';
import { DeployView } from './_components/deploy-view.tsx';

export const metadata: Metadata = { title: 'Deploy' };

interface DeployPageProps {
  readonly params: Promise<{ readonly project: string }>;
}

export default async function DeployPage({ params }: DeployPageProps) {
  const { project } = await params;
  return (
    <Suspense>
      <DeployView key={project} project={decodeURIComponent(project)} />
    </Suspense>
  );
}
