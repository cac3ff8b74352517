import type { ReactNode } from 'react';
import styles from './page-header.module.css';

interface PageHeaderProps {
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly above?: ReactNode;
  readonly actions?: ReactNode;
}

export function PageHeader({ title, description, above, actions }: PageHeaderProps) {
  return (
    <header className={styles['header']}>
      <div className={styles['text']}>
        {above}
        <h1>{title}</h1>
        {description === undefined ? null : <div className={styles['description']}>{description}</div>}
      </div>
      {actions === undefined ? null : <div className={styles['actions']}>{actions}</div>}
    </header>
  );
}

/** The parts of a page, one below the other. */
export function PageStack({ testId, children }: { readonly testId?: string; readonly children: ReactNode }) {
  return (
    <div className={styles['stack']} data-testid={testId}>
      {children}
    </div>
  );
}
