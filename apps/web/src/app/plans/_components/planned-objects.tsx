import { ObjectName } from '../../../ui/object-name.tsx';
import { changedFirst, type PlannedObject } from '../_plan/changed-first.ts';
import { PlannedObjectEntry } from './planned-object-entry.tsx';
import styles from './planned-objects.module.css';

/** What happens to each object; those that stay as they are are folded. */
export function PlannedObjects({ objects }: { readonly objects: readonly PlannedObject[] }) {
  const { changed, unchanged } = changedFirst(objects);
  return (
    <ul className={styles['objects']} data-testid="planned-objects">
      {changed.map((object) => (
        <PlannedObjectEntry key={object.object} object={object} />
      ))}
      {unchanged.length === 0 ? null : (
        <li>
          <details>
            <summary>
              {unchanged.length === 1
                ? '1 object stays as it is'
                : `${String(unchanged.length)} objects stay as they are`}
            </summary>
            <ul>
              {unchanged.map(({ object }) => (
                <li key={object}>
                  <ObjectName of={object} />
                </li>
              ))}
            </ul>
          </details>
        </li>
      )}
    </ul>
  );
}
