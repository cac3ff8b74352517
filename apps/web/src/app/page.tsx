import type { Metadata } from 'next';
import { Suspense } from 'react';
import { StacksView } from './stacks/_components/stacks-view.tsx';

export const metadata: Metadata = { title: 'Stacks' };

export default function StacksPage() {
  return (
    <Suspense>
      <StacksView />
    </Suspense>
  );
}
