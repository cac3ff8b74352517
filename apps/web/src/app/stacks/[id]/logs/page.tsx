import type { Metadata } from 'next';
import { LogsView } from './_components/logs-view.tsx';

export const metadata: Metadata = { title: 'Logs' };

interface LogsPageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function LogsPage({ params }: LogsPageProps) {
  const { id } = await params;
  return <LogsView key={id} stackId={id} />;
}
