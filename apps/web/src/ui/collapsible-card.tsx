import type { ReactNode } from 'react';
import styles from './collapsible-card.module.css';

interface CollapsibleCardProps {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly testId: string;
  readonly onToggle?: (isOpen: boolean) => void;
  readonly children: ReactNode;
}

/** A card that starts folded: what few look at. */
export function CollapsibleCard({ title, aside, testId, onToggle, children }: CollapsibleCardProps) {
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
