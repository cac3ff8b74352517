'use client';

import { useRouter } from 'next/navigation';
import { api } from '../../../api/client.ts';
import { useAction } from '../../../api/use-action.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';

/** Makes a plan anew from what it was made of; the page of the new one opens. */
export function PlanAgainButton({ planId }: { readonly planId: string }) {
  const router = useRouter();
  const again = useAction(async () => {
    const plan = await api.planAgain({ plan_id: planId });
    router.push(`/plans/${plan.plan_id}`);
  });
  return (
    <>
      <Button busy={again.busy} data-testid="plan-again-btn" onClick={() => void again.run()}>
        Make it anew
      </Button>
      {again.error === undefined ? null : <ErrorNotice error={again.error} />}
    </>
  );
}
