import type { Metadata } from 'next';
import { DeploymentView } from './_components/deployment-view.tsx';

export const metadata: Metadata = { title: 'Deployment' };

interface DeploymentPageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function DeploymentPage({ params }: DeploymentPageProps) {
  const { id } = await params;
  return <DeploymentView key={id} deploymentId={id} />;
}
