import { Checkbox } from '../../../../ui/field.tsx';
import type { DeployFormState } from '../../_hooks/use-deploy-form.ts';
import styles from './keep-choice.module.css';

/** What becomes of the changed variables after this deployment. */
export function KeepChoice({ state }: { readonly state: DeployFormState }) {
  const { form, change } = state;
  const count = form.environment.size;
  if (count === 0) return null;
  const changes = count === 1 ? '1 changed variable is' : `${String(count)} changed variables are`;
  return (
    <div className={styles['keep']}>
      <Checkbox
        label="Only for this deployment"
        checked={form.onlyThisDeployment}
        testId="only-this-deployment"
        onChange={(onlyThisDeployment) => {
          change({ onlyThisDeployment });
        }}
      />
      <p className={styles['note']} data-testid="keep-note">
        {form.onlyThisDeployment
          ? `${changes} used once and not kept.`
          : `${changes} kept for this service in ${form.namespace.trim()}.`}
      </p>
    </div>
  );
}
