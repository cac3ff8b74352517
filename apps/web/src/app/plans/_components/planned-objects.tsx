import type { PlanData } from '@ushadow/contracts';
import { InlineCode } from '../../../ui/code.tsx';
import { ObjectName } from '../../../ui/object-name.tsx';
import { byService } from '../_plan/by-service.ts';
import { interruptionOf } from '../_plan/interruption.ts';
import type { PlannedObject } from '../_plan/planned-changes.ts';
import { ActionBadge } from './action-badge.tsx';
import { FieldChanges } from './field-changes.tsx';
import styles from './planned-objects.module.css';

/** What happens to each object, service by service; those that stay as they are are folded. */
export function PlannedObjects({ plan }: { readonly plan: PlanData }) {
  const { groups, unchanged } = byService(plan);
  return (
    <div className={styles['groups']} data-testid="planned-objects">
      {groups.map(({ title, objects }) => (
        <section key={title} aria-label={title} data-testid={`planned-of-${title}`}>
          <h3>{title}</h3>
          <ul className={styles['objects']}>
            {objects.map((object) => (
              <PlannedObjectEntry key={object.object} object={object} />
            ))}
          </ul>
        </section>
      ))}
      {unchanged.length === 0 ? null : (
        <details>
          <summary>
            {unchanged.length === 1
              ? '1 object stays as it is'
              : `${String(unchanged.length)} objects stay as they are`}
          </summary>
          <ul className={styles['unchanged']}>
            {unchanged.map(({ object }) => (
              <li key={object}>
                <ObjectName of={object} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** One object: what becomes of it, and field by field how it changes. */
function PlannedObjectEntry({ object }: { readonly object: PlannedObject }) {
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
