import type { Metadata } from 'next';
import { PlanPageView } from '../_components/plan-page-view.tsx';

export const metadata: Metadata = { title: 'Plan' };

interface PlanPageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function PlanPage({ params }: PlanPageProps) {
  const { id } = await params;
  return <PlanPageView key={id} planId={id} />;
}
