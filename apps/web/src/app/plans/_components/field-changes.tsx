import { Table } from '../../../ui/table.tsx';
import type { PlannedObject } from '../_plan/planned-changes.ts';
import styles from './field-changes.module.css';

type FieldChange = PlannedObject['changes'][number];

/** Each field that would change, as it is and as it would be. Values of Secrets never come here. */
export function FieldChanges({
  object,
  changes,
  heads = ['Field', 'Now', 'After'],
}: Pick<PlannedObject, 'object' | 'changes'> & { readonly heads?: readonly [string, string, string] }) {
  return (
    <div className={styles['changes']}>
      <Table label={`Changes of ${object}`} columns={[...heads]}>
        {changes.map((change) => (
          <tr key={change.path} data-testid={`change-${change.path}`}>
            <td data-label="Field">
              <code>{change.path}</code>
            </td>
            <td data-label={heads[1]}>
              <FieldValue value={change.before} isAbsent={change.change === 'added'} change={change} />
            </td>
            <td data-label={heads[2]}>
              <FieldValue value={change.after} isAbsent={change.change === 'removed'} change={change} />
            </td>
          </tr>
        ))}
      </Table>
    </div>
  );
}

interface FieldValueProps {
  readonly value: string | undefined;
  /** The field is not there on this side. */
  readonly isAbsent: boolean;
  readonly change: FieldChange;
}

function FieldValue({ value, isAbsent, change }: FieldValueProps) {
  if (isAbsent) return <span className={styles['muted']}>{change.change === 'added' ? 'not there' : 'removed'}</span>;
  if (value === undefined) return <span className={styles['muted']}>secret, not shown</span>;
  return <code className={styles['value']}>{value}</code>;
}
