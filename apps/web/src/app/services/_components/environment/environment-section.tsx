import { Button } from '../../../../ui/button.tsx';
import { ErrorNotice } from '../../../../ui/error-notice.tsx';
import { Notice } from '../../../../ui/notice.tsx';
import { Spinner } from '../../../../ui/icon.tsx';
import type { ServiceEnvironment } from '../../_deploy/environment-variable.ts';
import type { DeployFormState } from '../../_hooks/use-deploy-form.ts';
import { EnvironmentEditor } from './environment-editor.tsx';
import styles from './environment-section.module.css';

interface EnvironmentSectionProps {
  readonly state: DeployFormState;
  readonly hasTried: boolean;
}

/** The environment of the service in the place the form names, and what is wrong with it. */
export function EnvironmentSection({ state, hasTried }: EnvironmentSectionProps) {
  const { form, environment, variables, settings, edit } = state;
  return (
    <section className={styles['section']} aria-labelledby="environment-title">
      <header className={styles['header']}>
        <h3 id="environment-title">Environment</h3>
        <p className={styles['note']}>
          <span aria-hidden="true">*</span> <span>marks required variables.</span>
        </p>
        <p className={styles['busy']} role="status">
          {environment.isAsking ? (
            <>
              <Spinner /> {variables === undefined ? 'Loading variables…' : 'Asking for this namespace…'}
            </>
          ) : null}
        </p>
      </header>
      {environment.error === undefined ? null : (
        <ErrorNotice error={environment.error} onRetry={environment.reload} testId="environment-error" />
      )}
      <Problems problems={environment.environment?.problems ?? []} onRetry={environment.reload} />
      {variables === undefined ? null : (
        <EnvironmentEditor
          variables={variables}
          problems={environment.environment?.problems ?? []}
          settings={settings}
          edits={form.environment}
          refused={hasTried ? state.missing : []}
          actions={edit}
        />
      )}
    </section>
  );
}

const titles: Readonly<Record<string, string>> = {
  SCANS_UNAVAILABLE: 'What scans have found is not known now',
  LAST_DEPLOYMENT_UNAVAILABLE: 'What the last deployment used is not known now',
  SETTING_NOT_FOUND: 'A setting is gone',
};

/** Sources that could not be asked, mappings that lead nowhere: never silently "no value". */
function Problems({ problems, onRetry }: Pick<ServiceEnvironment, 'problems'> & { readonly onRetry: () => void }) {
  return problems.map(({ code, variable, message }) => (
    <Notice
      key={`${code} ${variable ?? ''}`}
      tone="warn"
      title={titles[code] ?? 'Something about the environment is not known'}
      testId={`environment-problem-${code}`}
      actions={
        variable === null ? (
          <Button small icon="refresh" onClick={onRetry}>
            Ask again
          </Button>
        ) : undefined
      }
    >
      <p>{message}</p>
    </Notice>
  ));
}
