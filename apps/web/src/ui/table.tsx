import type { ReactNode } from 'react';
import styles from './table.module.css';

interface TableProps {
  /** What the table holds, for screen readers. */
  readonly label: string;
  readonly columns: readonly string[];
  readonly testId?: string;
  readonly children: ReactNode;
}

/** A table that turns into stacked rows on a narrow screen: give each cell `data-label` with its column's name. */
export function Table({ label, columns, testId, children }: TableProps) {
  return (
    <table className={styles['table']} aria-label={label} data-testid={testId}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
