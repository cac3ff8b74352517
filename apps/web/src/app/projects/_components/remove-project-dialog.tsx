'use client';

import type { ProjectData } from '@ushadow/contracts';
import { api } from '../../../api/client.ts';
import { useAction } from '../../../api/use-action.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';

interface RemoveProjectDialogProps {
  readonly project: ProjectData;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
}

export function RemoveProjectDialog({ project: { project }, onClose, onRemoved }: RemoveProjectDialogProps) {
  const remove = useAction(async () => {
    await api.deleteUpload({ name: project });
    onRemoved();
  });
  return (
    <ConfirmDialog
      name="remove-project"
      title={`Remove ${project}?`}
      confirm="Remove project"
      action={remove}
      onClose={onClose}
    >
      <p>
        Its files are forgotten. <strong>What was deployed from it stays</strong> in its clusters and keeps running; to
        deploy it again, add it again.
      </p>
    </ConfirmDialog>
  );
}
