'use client';

import { api } from '../../../../api/client.ts';
import { useAction } from '../../../../api/use-action.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { ErrorNotice } from '../../../../ui/error-notice.tsx';
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
    <Dialog
      title={`Remove ${name}?`}
      testId="remove-upload-modal"
      onClose={onClose}
      message={remove.error === undefined ? null : <ErrorNotice error={remove.error} />}
      footer={
        <>
          <Button onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button
            look="danger"
            busy={remove.busy}
            data-testid="confirm-remove-upload-btn"
            onClick={() => void remove.run()}
          >
            Remove project
          </Button>
        </>
      }
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
    </Dialog>
  );
}
