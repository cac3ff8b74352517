import type { Metadata } from 'next';
import { Suspense } from 'react';
import { TemplatesView } from './_components/templates-view.tsx';

export const metadata: Metadata = { title: 'Templates' };

export default function TemplatesPage() {
  return (
    <Suspense>
      <TemplatesView />
    </Suspense>
  );
}
