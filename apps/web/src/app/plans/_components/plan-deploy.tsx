import type { PlanData } from '@ushadow/contracts';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { ObjectName } from '../../../ui/object-name.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { destructiveChanges, holdsData } from '../_plan/destructive.ts';
import { blockerOf } from '../_plan/blocker.ts';

interface PlanDeployProps {
  readonly plan: PlanData;
  readonly busy: boolean;
  readonly onDeploy: (plan: PlanData) => void;
}

/** Applies exactly this plan; what it takes away is named, and has to be confirmed first. */
export function PlanDeploy({ plan, busy, onDeploy }: PlanDeployProps) {
  const now = useNow(10_000);
  const [isConfirmed, setConfirmed] = useState(false);
  const destructive = destructiveChanges(plan);
  if (blockerOf(plan, now) !== null) return null;
  const button = (
    <Button
      variant={destructive.length === 0 ? 'primary' : 'danger'}
      icon="rocket"
      busy={busy}
      disabled={destructive.length > 0 && !isConfirmed}
      data-testid="deploy-plan-btn"
      onClick={() => {
        onDeploy(plan);
      }}
    >
      {busy ? 'Starting…' : plan.kind === 'rollback' ? 'Roll back to exactly this' : 'Deploy exactly this'}
    </Button>
  );
  if (destructive.length === 0) return <div>{button}</div>;
  return (
    <Notice tone="warn" title="What goes" testId="plan-going" actions={button}>
      <ul>
        {destructive.map((object) => (
          <li key={object.object}>
            <ObjectName of={object.object} /> {object.action === 'delete' ? 'is deleted' : 'is deleted and made anew'}
            {holdsData(object) ? <strong>, with the data in it</strong> : null}
          </li>
        ))}
      </ul>
      <Checkbox label="Yes, these may go" checked={isConfirmed} testId="confirm-going" onChange={setConfirmed} />
    </Notice>
  );
}
