import { InlineCode } from '../../../ui/code.tsx';
import { ObjectName } from '../../../ui/object-name.tsx';
import type { PlannedObject } from '../_plan/planned-changes.ts';
import { interruptionOf } from '../_plan/interruption.ts';
import { ActionBadge } from './action-badge.tsx';
import { FieldChanges } from './field-changes.tsx';
import styles from './planned-objects.module.css';

/** One object: what becomes of it, and field by field how it changes. */
export function PlannedObjectEntry({ object }: { readonly object: PlannedObject }) {
  const { changes } = object;
  const fields = changes.length === 1 ? '1 field' : `${String(changes.length)} fields`;
  const head = (
    <span className={styles['head']}>
      <ActionBadge action={object.action} />
      <ObjectName of={object.object} />
      {changes.length === 0 ? null : <span className={styles['muted']}>{fields}</span>}
    </span>
  );
  return (
    <li data-testid={`planned-${object.object}`}>
      {changes.length === 0 ? (
        <p>{head}</p>
      ) : (
        <details open>
          <summary>{head}</summary>
          <FieldChanges object={object.object} changes={changes} />
        </details>
      )}
      <Remarks object={object} />
    </li>
  );
}

function Remarks({ object }: { readonly object: PlannedObject }) {
  const { verified, unverified_reason: reason, conflicts, warnings } = object;
  const interruption = interruptionOf(object);
  const remarks = [
    ...(interruption === null ? [] : [interruption]),
    ...(verified ? [] : [`Not checked beforehand: ${reason ?? 'the cluster could not be asked'}`]),
    ...conflicts.map(({ field, manager }) => `\`${field}\` is managed by \`${manager}\`.`),
    ...warnings,
  ];
  return remarks.map((remark) => (
    <p key={remark} className={styles['muted']}>
      <InlineCode text={remark} />
    </p>
  ));
}
