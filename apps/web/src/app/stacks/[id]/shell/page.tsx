import type { Metadata } from 'next';
import { ShellView } from './_components/shell-view.tsx';

export const metadata: Metadata = { title: 'Shell' };

interface ShellPageProps {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<{ readonly service?: string | readonly string[] }>;
}

export default async function ShellPage({ params, searchParams }: ShellPageProps) {
  const [{ id }, { service }] = [await params, await searchParams];
  return <ShellView stackId={id} service={typeof service === 'string' ? service : ''} />;
}
