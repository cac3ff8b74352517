import Link from 'next/link';
import styles from './breadcrumb.module.css';

interface BreadcrumbProps {
  readonly href: string;
  readonly name: string;
}

/** The page above this one. */
export function Breadcrumb({ href, name }: BreadcrumbProps) {
  return (
    <nav aria-label="Breadcrumb" className={styles['breadcrumb']}>
      <Link href={href}>{name}</Link>
    </nav>
  );
}
