'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import styles from './site-header.module.css';

const places = [
  { href: '/', name: 'Stacks' },
  { href: '/projects', name: 'Projects' },
  { href: '/templates', name: 'Templates' },
  { href: '/deployments', name: 'Deployments' },
  { href: '/clusters', name: 'Clusters' },
  { href: '/settings', name: 'Settings' },
  { href: '/audit', name: 'Audit' },
] as const;

export function SiteHeader() {
  const path = usePathname();
  return (
    <header className={styles['header']}>
      <div className={styles['inner']}>
        <Link href="/" className={styles['brand']} aria-label="Ushadow, stacks">
          <svg viewBox="0 0 28 28" aria-hidden="true">
            <rect x="9" y="9" width="16" height="16" rx="4.5" className={styles['shadow']} />
            <rect x="3" y="3" width="16" height="16" rx="4.5" className={styles['front']} />
          </svg>
          <span>Ushadow</span>
        </Link>
        <nav aria-label="Main">
          <ul className={styles['places']}>
            {places.map(({ href, name }) => (
              <li key={href}>
                <Link href={href} aria-current={currentOf(path, href)}>
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </header>
  );
}

function currentOf(path: string, href: string): 'page' | 'true' | undefined {
  if (path === href) return 'page';
  // The list of stacks is the first page; each of them is below `/stacks`.
  return path.startsWith(href === '/' ? '/stacks/' : `${href}/`) ? 'true' : undefined;
}
