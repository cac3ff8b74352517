'use client';

import type { DeploymentData } from '@ushadow/contracts';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { api } from '../../../../api/client.ts';
import { useAction } from '../../../../api/use-action.ts';
import { ConfirmDialog } from '../../../../ui/confirm-dialog.tsx';
import { FieldStack } from '../../../../ui/field.tsx';

interface ConfirmUndoProps {
  readonly deployment: DeploymentData;
  readonly onClose: () => void;
}

/** Plans bringing back what was there before a deployment; the plan's page opens, where it is approved. */
export function ConfirmUndo({ deployment, onClose }: ConfirmUndoProps) {
  const router = useRouter();
  const { deployment_id, stack_id, project, services } = deployment;
  const undo = useAction(async () => {
    const plan = await api.planRollback({ stack_id, before_deployment_id: deployment_id });
    router.push(`/plans/${plan.plan_id}`);
  });
  return (
    <ConfirmDialog
      name="rollback"
      title="Roll this deployment back?"
      confirm="See what would change"
      dismiss="Leave it as it is"
      variant="primary"
      action={undo}
      onClose={onClose}
    >
      <FieldStack>
        <p>
          A new deployment brings <strong>{services.join(', ')}</strong> of {project} back to the last good revision
          before this one. Other revisions are in the <Link href={`/stacks/${stack_id}#history`}>stack’s history</Link>.
        </p>
        <p>
          <strong>Data in volumes is not brought back</strong>: it stays as it is now. One-shot services do not run
          again.
        </p>
      </FieldStack>
    </ConfirmDialog>
  );
}
