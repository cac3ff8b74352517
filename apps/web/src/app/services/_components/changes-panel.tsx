import { useRef } from 'react';
import { FieldStack } from '../../../ui/field.tsx';
import { PlanChanges } from '../../plans/_components/plan-changes.tsx';
import { PlanFacts } from '../../plans/_components/plan-facts.tsx';
import { countsText } from '../../plans/_plan/counts-text.ts';
import type { DeployFormState } from '../_hooks/use-deploy-form.ts';
import type { PlanState } from '../_hooks/use-plan.ts';
import { CompileError } from './compile-error.tsx';
import { Unfinished } from './deploy-problems.tsx';
import { EditedNotice, NotPlanned } from './plan-notices.tsx';

interface ChangesPanelProps {
  readonly state: DeployFormState;
  /** Leads to the fields for `${…}` that the Compose file asks for. */
  readonly onFillIn: () => void;
}

/** What the form would change in the cluster, as the cluster says: a stored plan, to be approved as it is. */
export function ChangesPanel({ state, onFillIn }: ChangesPanelProps) {
  const panel = useRef<HTMLDivElement>(null);
  const make = (takeOver: boolean) => {
    // The button that was pressed goes away; what stays is the panel.
    panel.current?.focus();
    void state.plan.make.run({ takeOver });
  };
  return (
    <div ref={panel} tabIndex={-1}>
      <p role="status" className="visually-hidden">
        {spokenState(state.plan)}
      </p>
      <Content state={state} onFillIn={onFillIn} onMake={make} />
    </div>
  );
}

function Content({ state, onFillIn, onMake }: ChangesPanelProps & { readonly onMake: (takeOver: boolean) => void }) {
  const { plan, isEdited, make, keepsFirst } = state.plan;
  const again = () => {
    onMake(false);
  };
  if (make.busy) return <p>Asking the cluster what would change…</p>;
  if (make.error !== undefined) {
    return <CompileError error={make.error} testId="plan-error" onRetry={again} onFillIn={onFillIn} />;
  }
  if (!state.isReady && !state.environment.isAsking) return <Unfinished state={state} title="Not to be planned yet" />;
  if (plan === null) return <NotPlanned isReady={state.isReady} keepsFirst={keepsFirst} onMake={again} />;
  if (isEdited) {
    return (
      <FieldStack>
        <EditedNotice keepsFirst={keepsFirst} onMake={again} />
        <PlanFacts plan={plan} />
        <PlanChanges plan={plan} />
      </FieldStack>
    );
  }
  return (
    <FieldStack>
      <PlanFacts plan={plan} />
      <PlanChanges
        plan={plan}
        onTakeOver={() => {
          onMake(true);
        }}
      />
    </FieldStack>
  );
}

function spokenState({ plan, make }: PlanState): string {
  if (make.busy) return 'Asking the cluster what would change';
  return plan === null ? '' : `The plan: ${countsText(plan.counts)}`;
}
