import type { PlanData } from '@ushadow/contracts';
import { DiagnosticNotices } from '../../../ui/diagnostic-notices.tsx';
import { FieldStack } from '../../../ui/field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { PlanObstacles, type PlanAgain } from './plan-obstacles.tsx';
import { FindingsNotice } from './findings-notice.tsx';
import { PlanCounts } from './plan-counts.tsx';
import { PodLevels } from './pod-levels.tsx';
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
      <PlanObstacles plan={plan} onAgain={onAgain} />
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
