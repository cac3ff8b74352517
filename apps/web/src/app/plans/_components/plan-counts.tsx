import type { PlanData } from '@ushadow/contracts';
import { Badge } from '../../../ui/badge.tsx';
import type { PlannedAction } from '../_plan/planned-changes.ts';
import { actionLooks } from './action-badge.tsx';
import styles from './plan-counts.module.css';

const actions = Object.keys(actionLooks) as PlannedAction[];

/** How many objects are created, updated, recreated, deleted and left as they are. */
export function PlanCounts({ counts }: Pick<PlanData, 'counts'>) {
  return (
    <ul className={styles['counts']} aria-label="What the plan does" data-testid="plan-counts">
      {actions.map((action) => {
        const { word, tone, icon } = actionLooks[action];
        const count = counts[action];
        return (
          <li key={action}>
            <Badge tone={count === 0 ? 'neutral' : tone} icon={icon} testId={`count-${action}`}>
              {count} {word.toLowerCase()}
            </Badge>
          </li>
        );
      })}
    </ul>
  );
}
