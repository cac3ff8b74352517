import { hasCode } from '../../../../../api/describe-error.ts';
import { Button } from '../../../../../ui/button.tsx';
import { Card } from '../../../../../ui/card.tsx';
import { ErrorNotice } from '../../../../../ui/error-notice.tsx';
import { FieldStack } from '../../../../../ui/field.tsx';
import { Notice } from '../../../../../ui/notice.tsx';
import { RunningDeployment } from '../../../../deployments/_components/running-deployment.tsx';
import { PlanChanges } from '../../../../plans/_components/plan-changes.tsx';
import { PlanDeploy } from '../../../../plans/_components/plan-deploy.tsx';
import { PlanFacts } from '../../../../plans/_components/plan-facts.tsx';
import { countsText } from '../../../../plans/_plan/planned-changes.ts';
import type { Allowed } from '../_form/to-stack-request.ts';
import type { StackPlan } from '../_hooks/use-stack-plan.ts';

interface PlanReviewProps {
  readonly plan: StackPlan;
  readonly onAgain: (more: Allowed) => void;
}

/** What deploying would change, and whatever stands in the way. */
export function PlanReview({ plan, onAgain }: PlanReviewProps) {
  const { plan: made, isEdited, error } = plan;
  return (
    <FieldStack>
      {error === undefined ? null : (
        <ErrorNotice
          error={error}
          testId="deploy-error"
          actions={
            <>
              <RunningDeployment error={error} />
              <AllowButton error={error} onAgain={onAgain} />
            </>
          }
        />
      )}
      {made === null ? null : (
        <Card title="What this would change" aside={<span role="status">{countsText(made.counts)}</span>} testId="plan">
          <FieldStack>
            <PlanFacts plan={made} />
            {isEdited ? (
              <Notice tone="warn" role="status" title="The form was edited since" testId="plan-edited">
                <p>Below is what was asked for before. Plan again to deploy what the form says now.</p>
              </Notice>
            ) : (
              <PlanDeploy plan={made} busy={plan.doing === 'starting'} onDeploy={(each) => void plan.begin(each)} />
            )}
            <PlanChanges plan={made} onAgain={onAgain} />
          </FieldStack>
        </Card>
      )}
    </FieldStack>
  );
}

/** Errors that go away when something more is allowed. */
const allowable: readonly { readonly code: string; readonly label: string; readonly more: Allowed }[] = [
  { code: 'NAMESPACE_NOT_EMPTY', label: 'Use this namespace all the same', more: { into_existing: true } },
  { code: 'DEPENDENCY_NOT_RUNNING', label: 'Take along what it depends on', more: { with_dependencies: true } },
];

function AllowButton({ error, onAgain }: { readonly error: unknown } & Pick<PlanReviewProps, 'onAgain'>) {
  const found = allowable.find(({ code }) => hasCode(error, code));
  if (found === undefined) return null;
  return (
    <Button
      small
      data-testid="allow-btn"
      onClick={() => {
        onAgain(found.more);
      }}
    >
      {found.label}
    </Button>
  );
}
