import { detailText } from '../../../api/error-details.ts';
import { hasCode } from '../../../api/describe-error.ts';
import { LinkButton } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Notice } from '../../../ui/notice.tsx';
import type { DeployFormState } from '../_hooks/use-deploy-form.ts';

interface DeployProblemsProps {
  readonly state: DeployFormState;
  /** Whether Deploy was pressed: before, an unfinished form is no mistake. */
  readonly hasTried: boolean;
}

/** Why the deploy did not start: what the form lacks, or what the server answered. */
export function DeployProblems({ state, hasTried }: DeployProblemsProps) {
  const { missing, errors, error } = state;
  const isUnfinished = hasTried && (missing.length > 0 || Object.keys(errors).length > 0);
  if (!isUnfinished && error === undefined) return null;
  return isUnfinished ? (
    <Notice tone="bad" role="alert" title="Not deployed yet: something is missing" testId="deploy-blocked">
      {missing.length === 0 ? null : (
        <p>
          {missing.length === 1 ? 'This required variable is empty: ' : 'These required variables are empty: '}
          <strong>{missing.join(', ')}</strong>
        </p>
      )}
      {Object.keys(errors).length === 0 ? null : <p>The marked fields need another value.</p>}
    </Notice>
  ) : (
    <ErrorNotice error={error} testId="deploy-error" actions={<RunningDeployment error={error} />} />
  );
}

function RunningDeployment({ error }: { readonly error: unknown }) {
  const id = detailText(error, 'deployment_id');
  if (id === null || !hasCode(error, 'DEPLOYMENT_IN_PROGRESS')) return null;
  return (
    <LinkButton small href={`/deployments/${id}`}>
      Watch that deployment
    </LinkButton>
  );
}
