import type { ReactNode } from 'react';
import styles from './card.module.css';

interface CardProps {
  readonly title?: ReactNode;
  readonly aside?: ReactNode;
  readonly testId?: string;
  /** No padding around the content: for tables and lists with lines of their own. */
  readonly flush?: boolean;
  readonly children: ReactNode;
}

export function Card({ title, aside, testId, flush = false, children }: CardProps) {
  return (
    <section className={styles['card']} data-testid={testId}>
      {title === undefined ? null : (
        <header className={styles['header']}>
          <h2>{title}</h2>
          {aside}
        </header>
      )}
      <div className={flush ? undefined : styles['body']}>{children}</div>
    </section>
  );
}

/** What is not a table or list in a flush card: it has its distance from the edges. */
export function CardInset({ children }: { readonly children: ReactNode }) {
  return <div className={styles['inset']}>{children}</div>;
}
