'use client';

import type { StackData } from '@ushadow/contracts';
import { useRouter } from 'next/navigation';
import { api } from '../../../../api/client.ts';
import { useAction } from '../../../../api/use-action.ts';
import { ConfirmDialog } from '../../../../ui/confirm-dialog.tsx';
import { RunningDeployment } from '../../../deployments/_components/running-deployment.tsx';

interface RedeployDialogProps {
  readonly stack: Pick<StackData, 'stack_id' | 'project' | 'revision'>;
  readonly onClose: () => void;
}

/** The same content once more, whatever the files say by now. */
export function RedeployDialog({ stack: { stack_id, project, revision }, onClose }: RedeployDialogProps) {
  const router = useRouter();
  const redeploy = useAction(async () => {
    const begun = await api.redeployStack({ stack_id });
    router.push(`/deployments/${begun.deployment_id}`);
  });
  return (
    <ConfirmDialog
      name="redeploy"
      title={`Deploy ${project} again?`}
      confirm="Deploy again"
      dismiss="Leave it as it is"
      variant="primary"
      action={redeploy}
      errorActions={<RunningDeployment error={redeploy.error} />}
      onClose={onClose}
    >
      <p>
        The content of revision {revision} is set once more: what was changed by hand is put back, what was stopped
        starts. Changes in the files or values since then are <strong>not</strong> taken.
      </p>
    </ConfirmDialog>
  );
}
