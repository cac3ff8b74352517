import type { Metadata } from 'next';
import { Suspense } from 'react';
import { TemplateView } from './_components/template-view.tsx';

export const metadata: Metadata = { title: 'Template' };

interface TemplatePageProps {
  readonly params: Promise<{ readonly name: string }>;
}

export default async function TemplatePage({ params }: TemplatePageProps) {
  const { name } = await params;
  return (
    <Suspense>
      <TemplateView key={name} id={decodeURIComponent(name)} />
    </Suspense>
  );
}
