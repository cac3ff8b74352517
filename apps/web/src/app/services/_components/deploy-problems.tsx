import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { RunningDeployment } from '../../deployments/_components/running-deployment.tsx';
import type { DeployFormState } from '../_hooks/use-deploy-form.ts';

interface DeployProblemsProps {
  readonly state: DeployFormState;
  /** Whether Deploy was pressed: before, an unfinished form is no mistake. */
  readonly hasTried: boolean;
}

/** Why the deploy did not start: what the form lacks, or what the server answered. */
export function DeployProblems({ state, hasTried }: DeployProblemsProps) {
  const { isReady, plan } = state;
  const error = state.error ?? plan.approval.error;
  if (hasTried && !isReady && !state.environment.isAsking) return <Unfinished state={state} title="Not deployed yet" />;
  if (error === undefined) return null;
  return <ErrorNotice error={error} testId="deploy-error" actions={<RunningDeployment error={error} />} />;
}

/** What the form lacks before anything can be done with it. */
export function Unfinished({ state, title }: Pick<DeployProblemsProps, 'state'> & { readonly title: string }) {
  const { missing, onlySaved, errors, environment } = state;
  return (
    <Notice tone="bad" role="alert" title={title} testId="deploy-blocked">
      {missing.length === 0 ? null : (
        <p>
          {missing.length === 1 ? 'This required variable has no value: ' : 'These required variables have no value: '}
          <strong>{missing.join(', ')}</strong>
        </p>
      )}
      {onlySaved.length === 0 ? null : (
        <p>
          <strong>{onlySaved.join(', ')}</strong>: this change can only be kept, since its value is not known here.
          Untick “Only for this deployment”, or type a value.
        </p>
      )}
      {Object.keys(errors).length === 0 ? null : <p>The marked fields need another value.</p>}
      {environment.error === undefined ? null : <p>The environment is not known. Ask for it again.</p>}
    </Notice>
  );
}
