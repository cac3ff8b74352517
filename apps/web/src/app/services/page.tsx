import type { Metadata } from 'next';
import { Suspense } from 'react';
import { CatalogView } from './_components/catalog-view.tsx';

export const metadata: Metadata = { title: 'Services' };

export default function ServicesPage() {
  return (
    <Suspense>
      <CatalogView />
    </Suspense>
  );
}
