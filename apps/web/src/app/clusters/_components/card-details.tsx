'use client';

import { useState, type ReactNode } from 'react';
import styles from './card-details.module.css';

interface CardDetailsProps {
  readonly summary: string;
  readonly testId: string;
  /** Rendered, and so asked for, only while it is open. */
  readonly children: () => ReactNode;
}

/** A part of a cluster's card that is opened when it is wanted. */
export function CardDetails({ summary, testId, children }: CardDetailsProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      className={styles['details']}
      data-testid={testId}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>{summary}</summary>
      {isOpen ? <div className={styles['content']}>{children()}</div> : null}
    </details>
  );
}
