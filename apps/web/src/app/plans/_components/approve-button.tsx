import type { PlanData } from '@ushadow/contracts';
import { Button } from '../../../ui/button.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { obstacleTo } from '../_plan/obstacle.ts';

interface ApproveButtonProps {
  /** Null while there is none. */
  readonly plan: PlanData | null;
  /** What it was made from has changed since. */
  readonly isEdited?: boolean;
  readonly busy: boolean;
  readonly onApprove: (plan: PlanData) => void;
}

/** Applies exactly this plan; it can be pressed only while nothing stands in the way. */
export function ApproveButton({ plan, isEdited = false, busy, onApprove }: ApproveButtonProps) {
  const now = useNow(10_000);
  return (
    <Button
      look="primary"
      icon="rocket"
      busy={busy}
      disabled={plan === null || obstacleTo(plan, now, isEdited) !== null}
      data-testid="approve-plan-btn"
      onClick={() => {
        if (plan !== null) onApprove(plan);
      }}
    >
      {busy ? 'Starting…' : 'Approve and deploy'}
    </Button>
  );
}
