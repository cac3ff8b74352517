'use client';

import { api } from '../../../../api/client.ts';
import { useAction } from '../../../../api/use-action.ts';
import { ConfirmDialog } from '../../../../ui/confirm-dialog.tsx';
import type { Upload } from './upload-dialog.tsx';

interface RemoveUploadDialogProps {
  readonly upload: Upload;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
}

export function RemoveUploadDialog({ upload: { name, services }, onClose, onRemoved }: RemoveUploadDialogProps) {
  const remove = useAction(async () => {
    await api.deleteUpload({ name });
    onRemoved();
  });
  return (
    <ConfirmDialog
      name="remove-upload"
      title={`Remove ${name}?`}
      confirm="Remove project"
      action={remove}
      onClose={onClose}
    >
      <p>
        Its files are forgotten
        {services.length === 0 ? null : (
          <>
            {' '}
            and {services.length === 1 ? 'this service leaves' : 'these services leave'} the catalog:{' '}
            <strong>{services.join(', ')}</strong>
          </>
        )}
        . <strong>What was deployed from it stays</strong> in its clusters and keeps running; to deploy it again, upload
        it again.
      </p>
    </ConfirmDialog>
  );
}
