import type { PlanData } from '@ushadow/contracts';
import { ObjectName } from '../../../ui/object-name.tsx';
import { byService } from '../_plan/by-service.ts';
import { PlannedObjectEntry } from './planned-object-entry.tsx';
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
