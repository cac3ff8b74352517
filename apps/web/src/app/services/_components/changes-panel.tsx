import { Button } from '../../../ui/button.tsx';
import { FieldStack } from '../../../ui/field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { PlanChanges } from '../../plans/_components/plan-changes.tsx';
import { PlanFacts } from '../../plans/_components/plan-facts.tsx';
import type { DeployFormState } from '../_hooks/use-deploy-form.ts';
import { CompileError } from './compile-error.tsx';
import { Unfinished } from './deploy-problems.tsx';

interface ChangesPanelProps {
  readonly state: DeployFormState;
  /** Leads to the fields for `${…}` that the Compose file asks for. */
  readonly onFillIn: () => void;
}

/** What the form would change in the cluster, as the cluster says: a stored plan, to be approved as it is. */
export function ChangesPanel({ state, onFillIn }: ChangesPanelProps) {
  const { plan, isEdited, make } = state.plan;
  const again = () => void make.run({ takeOver: false });
  if (make.busy) return <p role="status">Asking the cluster what would change…</p>;
  if (make.error !== undefined) {
    return <CompileError error={make.error} testId="plan-error" onRetry={again} onFillIn={onFillIn} />;
  }
  if (!state.isReady && !state.environment.isAsking) return <Unfinished state={state} title="Not to be planned yet" />;
  if (plan === null) return <NotPlanned state={state} onMake={again} />;
  return (
    <FieldStack>
      {isEdited ? (
        <Notice
          tone="warn"
          role="status"
          title="The form has been edited since this plan was made"
          testId="plan-edited"
          actions={
            <Button small look="primary" icon="refresh" data-testid="plan-again-btn" onClick={again}>
              Make it anew
            </Button>
          }
        >
          <p>It cannot be approved: it would do something else than the form says now.</p>
          <KeptFirst names={state.plan.keepsFirst} />
        </Notice>
      ) : null}
      <PlanFacts plan={plan} />
      <PlanChanges plan={plan} {...(isEdited ? {} : { onTakeOver: () => void make.run({ takeOver: true }) })} />
    </FieldStack>
  );
}

function NotPlanned({ state, onMake }: { readonly state: DeployFormState; readonly onMake: () => void }) {
  return (
    <Notice
      tone="info"
      title="Not planned yet"
      testId="not-planned"
      actions={
        <Button small look="primary" disabled={!state.isReady} data-testid="make-plan-btn" onClick={onMake}>
          Ask the cluster what would change
        </Button>
      }
    >
      <p>Nothing is written for it.</p>
      <KeptFirst names={state.plan.keepsFirst} />
    </Notice>
  );
}

function KeptFirst({ names }: { readonly names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <p>
      <strong>{names.join(', ')}</strong>: this change takes effect only when it is kept. Planning keeps all changed
      variables first.
    </p>
  );
}
