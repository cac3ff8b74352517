'use client';

import type { DeploymentData } from '@ushadow/contracts';
import { useState } from 'react';
import { api } from '../../../../api/client.ts';
import { useAction } from '../../../../api/use-action.ts';
import { ConfirmDialog } from '../../../../ui/confirm-dialog.tsx';
import { Checkbox, FieldStack } from '../../../../ui/field.tsx';

interface ConfirmCancelProps {
  readonly deployment: DeploymentData;
  readonly onClose: () => void;
}

/** Ends a deployment early, back to the last good revision or leaving what is there. Its events tell the rest. */
export function ConfirmCancel({ deployment, onClose }: ConfirmCancelProps) {
  const [rollback, setRollback] = useState(deployment.options.rollback);
  const cancel = useAction(async () => {
    await api.cancelDeployment({ deployment_id: deployment.deployment_id, rollback });
    onClose();
  });
  return (
    <ConfirmDialog
      name="cancel-deployment"
      title="Cancel this deployment?"
      confirm={rollback ? 'Cancel and roll back' : 'Cancel and leave it'}
      dismiss="Let it go on"
      action={cancel}
      onClose={onClose}
    >
      <FieldStack>
        <p>
          It ends at its next step.{' '}
          {rollback
            ? 'Then the last good revision is brought back; where there is none, what it has made is removed.'
            : 'What it has written by then stays as it is, ready or not.'}
        </p>
        <Checkbox
          label="Go back to the last good revision"
          hint="Data in volumes is left alone either way."
          checked={rollback}
          onChange={setRollback}
          testId="cancel-rollback"
        />
      </FieldStack>
    </ConfirmDialog>
  );
}
