import type { ReactNode } from 'react';
import styles from './empty-state.module.css';
import { Icon, type IconName } from './icon.tsx';

interface EmptyStateProps {
  readonly icon: IconName;
  readonly title: string;
  readonly testId?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** Nothing here yet, and what to do first. */
export function EmptyState({ icon, title, testId, actions, children }: EmptyStateProps) {
  return (
    <div className={styles['empty']} data-testid={testId}>
      <span className={styles['sign']}>
        <Icon name={icon} />
      </span>
      <h2>{title}</h2>
      <div className={styles['text']}>{children}</div>
      {actions}
    </div>
  );
}
