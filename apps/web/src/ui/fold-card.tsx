import type { ReactNode } from 'react';
import styles from './fold-card.module.css';

interface FoldCardProps {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly testId: string;
  readonly onToggle?: (isOpen: boolean) => void;
  readonly children: ReactNode;
}

/** A card that starts folded: what few look at. */
export function FoldCard({ title, aside, testId, onToggle, children }: FoldCardProps) {
  return (
    <details
      className={styles['card']}
      data-testid={testId}
      onToggle={(event) => {
        onToggle?.(event.currentTarget.open);
      }}
    >
      <summary>
        <h2>{title}</h2>
        {aside === undefined ? null : <span className={styles['aside']}>{aside}</span>}
      </summary>
      <div className={styles['body']}>{children}</div>
    </details>
  );
}
