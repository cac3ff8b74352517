import type { PlanData } from '@ushadow/contracts';
import { DiagnosticNotices } from '../../../ui/diagnostic-notices.tsx';
import { FieldStack } from '../../../ui/field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { ConflictsNotice } from './conflicts-notice.tsx';
import { FindingsNotice } from './findings-notice.tsx';
import { PermissionsNotice } from './permissions-notice.tsx';
import { PlanCounts } from './plan-counts.tsx';
import { PlannedObjects } from './planned-objects.tsx';

interface PlanChangesProps {
  readonly plan: PlanData;
  readonly onTakeOver?: () => void;
}

/** What a stored plan would do: counts, what stands in its way, and the difference object by object. */
export function PlanChanges({ plan, onTakeOver }: PlanChangesProps) {
  const { conflicts, options } = plan;
  // Conflicts have a notice of their own, field by field.
  const problems = plan.problems.filter(({ code }) => conflicts.length === 0 || code !== 'FIELD_CONFLICT');
  return (
    <FieldStack>
      <PlanCounts counts={plan.counts} />
      <FindingsNotice tone="bad" title="The cluster refuses this" findings={problems} testId="plan-problems" />
      <ConflictsNotice conflicts={conflicts} onTakeOver={options.take_over ? undefined : onTakeOver} />
      <PermissionsNotice plan={plan} />
      {options.take_over ? (
        <Notice tone="warn" title="Fields that others manage are taken over" testId="plan-takes-over" />
      ) : null}
      <FindingsNotice tone="warn" title="What may go wrong" findings={plan.warnings} testId="plan-warnings" />
      {plan.new_namespaces.length === 0 ? null : (
        <Notice tone="info" title={`Made first: namespace ${plan.new_namespaces.join(', ')}`}>
          <p>It does not exist yet, so that the cluster could not check what goes into it.</p>
        </Notice>
      )}
      <DiagnosticNotices diagnostics={plan.diagnostics.filter(({ severity }) => severity !== 'info')} />
      {plan.applicable && plan.counts.unchanged === plan.objects.length ? (
        <Notice tone="ok" title="Nothing would change: the cluster has all of it already" testId="plan-empty" />
      ) : null}
      <PlannedObjects objects={plan.objects} />
      <DiagnosticNotices diagnostics={plan.diagnostics.filter(({ severity }) => severity === 'info')} />
    </FieldStack>
  );
}
