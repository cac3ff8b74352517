import type { Metadata, Viewport } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { SiteHeader } from './_components/site-header.tsx';
import './globals.css';
import styles from './layout.module.css';

export const metadata: Metadata = {
  title: { default: 'Ushadow', template: '%s · Ushadow' },
  description: 'Runs Docker Compose stacks on Kubernetes',
};

export const viewport: Viewport = { colorScheme: 'light dark', width: 'device-width', initialScale: 1 };

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  // Each page is rendered for its request, because its scripts carry that request's nonce.
  await connection();
  return (
    <html lang="en">
      <body>
        <a className={styles['skip']} href="#main">
          Skip to content
        </a>
        <SiteHeader />
        <main id="main" className={styles['main']} tabIndex={-1}>
          {children}
        </main>
      </body>
    </html>
  );
}
