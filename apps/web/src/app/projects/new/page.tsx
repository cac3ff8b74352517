import type { Metadata } from 'next';
import { Suspense } from 'react';
import { NewProjectView } from './_components/new-project-view.tsx';

export const metadata: Metadata = { title: 'Add a project' };

export default function NewProjectPage() {
  return (
    <Suspense>
      <NewProjectView />
    </Suspense>
  );
}
