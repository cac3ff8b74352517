import type { FieldErrors } from '../../../../../api/field-errors.ts';
import { Button } from '../../../../../ui/button.tsx';
import { Notice } from '../../../../../ui/notice.tsx';
import type { StackPlan } from '../_hooks/use-stack-plan.ts';
import styles from './deploy-bar.module.css';

interface DeployBarProps {
  readonly plan: StackPlan;
  /** Required variables without a value, once it was tried. */
  readonly missing: readonly string[];
  readonly errors: FieldErrors;
  /** No service is ticked. */
  readonly isNone: boolean;
  readonly onPreview: () => void;
}

/** One button that plans and, where nothing has to be confirmed, goes on; and one that only plans. */
export function DeployBar({ plan, missing, errors, isNone, onPreview }: DeployBarProps) {
  const isBusy = plan.doing !== null;
  const [first] = Object.values(errors);
  return (
    <>
      {missing.length === 0 ? null : (
        <Notice tone="bad" role="alert" title="Still to be filled in" testId="deploy-blocked">
          <p>{missing.join(', ')}</p>
        </Notice>
      )}
      {first === undefined || isNone ? null : (
        <Notice tone="bad" role="alert" title="Something in the form has to be put right" testId="deploy-invalid">
          <p>{first}</p>
        </Notice>
      )}
      <div className={styles['bar']}>
        <Button type="submit" variant="primary" icon="rocket" busy={isBusy} disabled={isNone} data-testid="deploy-btn">
          {plan.doing === 'planning' ? 'Planning…' : plan.doing === 'starting' ? 'Starting…' : 'Deploy'}
        </Button>
        <Button disabled={isBusy || isNone} data-testid="plan-btn" onClick={onPreview}>
          Only show the plan
        </Button>
        <p className={styles['note']}>
          {isNone
            ? 'Tick a service first.'
            : 'The plan is made first. What it would delete or make anew is named and has to be confirmed.'}
        </p>
      </div>
    </>
  );
}
