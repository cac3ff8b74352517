import type { ReactNode } from 'react';
import styles from './tiles.module.css';

export function Tiles({ children }: { readonly children: ReactNode }) {
  return <dl className={styles['tiles']}>{children}</dl>;
}

interface TileProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly note?: ReactNode;
  readonly testId?: string;
}

/** One figure. */
export function Tile({ label, value, note, testId }: TileProps) {
  return (
    <div className={styles['tile']} data-testid={testId}>
      <dt>{label}</dt>
      <dd className={styles['value']}>{value}</dd>
      {note === undefined ? null : <dd className={styles['note']}>{note}</dd>}
    </div>
  );
}
