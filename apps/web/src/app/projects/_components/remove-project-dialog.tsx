'use client';

import type { ProjectData } from '@ushadow/contracts';
import { api } from '../../../api/client.ts';
import { hasCode } from '../../../api/describe-error.ts';
import { useAction } from '../../../api/use-action.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';

interface RemoveProjectDialogProps {
  readonly project: ProjectData;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
}

export function RemoveProjectDialog({ project: { project }, onClose, onRemoved }: RemoveProjectDialogProps) {
  const remove = useAction(async (force?: 'true') => {
    await api.deleteUpload({ name: project, ...(force === undefined ? {} : { force }) });
    onRemoved();
  });
  // As a button calls it: without words of its own.
  const action = { ...remove, run: () => remove.run() };
  return (
    <ConfirmDialog
      name="remove-project"
      title={`Remove ${project}?`}
      confirm="Remove project"
      action={action}
      errorActions={
        hasCode(remove.error, 'UPLOAD_IN_USE') && (
          <Button small variant="danger" data-testid="force-remove-project-btn" onClick={() => void remove.run('true')}>
            Remove it with its values
          </Button>
        )
      }
      onClose={onClose}
    >
      <p>
        Its files are forgotten. <strong>What was deployed from it stays</strong> in its clusters and keeps running; to
        deploy it again, add it again.
      </p>
    </ConfirmDialog>
  );
}
