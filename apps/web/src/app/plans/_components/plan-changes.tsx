import { type PlanData, podsBeyond } from '@ushadow/contracts';
import { Badge } from '../../../ui/badge.tsx';
import { DiagnosticNotices } from '../../../ui/diagnostic-notices.tsx';
import { FieldStack } from '../../../ui/field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import type { PlannedAction } from '../_plan/planned-changes.ts';
import { actionDisplays } from './action-badge.tsx';
import { FindingsNotice } from './findings-notice.tsx';
import styles from './plan-changes.module.css';
import { type PlanAgain, PlanBlockers } from './plan-blockers.tsx';
import { PlannedObjects } from './planned-objects.tsx';

interface PlanChangesProps {
  readonly plan: PlanData;
  /** Makes the plan anew with more allowed; absent where that cannot be asked for. */
  readonly onAgain?: PlanAgain;
}

/** What a stored plan would do: counts, what stands in its way, and the difference service by service. */
export function PlanChanges({ plan, onAgain }: PlanChangesProps) {
  return (
    <FieldStack>
      <PlanCounts counts={plan.counts} />
      <PlanBlockers plan={plan} onAgain={onAgain} />
      <FindingsNotice tone="warn" title="What may go wrong" findings={plan.warnings} testId="plan-warnings" />
      <PodLevels plan={plan} />
      {plan.new_namespaces.length === 0 ? null : (
        <Notice tone="info" title={`Made first: namespace ${plan.new_namespaces.join(', ')}`}>
          <p>It does not exist yet, so that the cluster could not check what goes into it.</p>
        </Notice>
      )}
      <DiagnosticNotices diagnostics={plan.diagnostics.filter(({ severity }) => severity !== 'info')} />
      {plan.applicable && plan.counts.unchanged === plan.objects.length ? (
        <Notice tone="ok" title="Nothing would change: the cluster has all of it already" testId="plan-empty" />
      ) : null}
      <PlannedObjects plan={plan} />
      <DiagnosticNotices diagnostics={plan.diagnostics.filter(({ severity }) => severity === 'info')} />
    </FieldStack>
  );
}

const actions = Object.keys(actionDisplays) as PlannedAction[];

/** How many objects are created, updated, recreated, deleted and left as they are. */
function PlanCounts({ counts }: Pick<PlanData, 'counts'>) {
  return (
    <ul className={styles['counts']} aria-label="What the plan does" data-testid="plan-counts">
      {actions.map((action) => {
        const { label, tone, icon } = actionDisplays[action];
        const count = counts[action];
        return (
          <li key={action}>
            <Badge tone={count === 0 ? 'neutral' : tone} icon={icon} testId={`count-${action}`}>
              {count} {label.toLowerCase()}
            </Badge>
          </li>
        );
      })}
    </ul>
  );
}

interface PodLevelsProps {
  readonly plan: Pick<PlanData, 'pod_security'>;
}

/** The level of Pod Security that pods need, where their namespace refuses them or warns. */
function PodLevels({ plan }: PodLevelsProps) {
  const beyond = podsBeyond(plan);
  if (beyond.length === 0) return null;
  const refused = beyond.some((pod) => pod.refused);
  return (
    <Notice
      tone="warn"
      title={refused ? 'The namespace refuses some pods' : 'The namespace warns of some pods'}
      testId="plan-pod-security"
    >
      <ul>
        {beyond.map(({ object, needs, enforced, warned, refused: isRefused }) => (
          <li key={object}>
            {object} needs the level {needs};{' '}
            {isRefused ? `its namespace enforces ${enforced ?? ''}` : `its namespace warns beyond ${warned ?? ''}`}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
