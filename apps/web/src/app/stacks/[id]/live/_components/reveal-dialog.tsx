import { useState } from 'react';
import { api } from '../../../../../api/client.ts';
import { useAction } from '../../../../../api/use-action.ts';
import { Button } from '../../../../../ui/button.tsx';
import { CodeBlock } from '../../../../../ui/code.tsx';
import { ConfirmDialog } from '../../../../../ui/confirm-dialog.tsx';
import { Dialog } from '../../../../../ui/dialog.tsx';

interface RevealDialogProps {
  readonly stackId: string;
  readonly secret: string;
  readonly secretKey: string;
  readonly onClose: () => void;
}

/** Asks before a secret value is shown; the value is gone with the dialog. */
export function RevealDialog({ stackId, secret, secretKey: key, onClose }: RevealDialogProps) {
  const [shown, setShown] = useState<{ readonly value: string; readonly encoding: string } | undefined>();
  const action = useAction(async () => {
    setShown(await api.revealSecretKey({ stack_id: stackId, name: secret, key }));
  });
  if (shown !== undefined) {
    return (
      <Dialog
        title={`${key} of Secret ${secret}`}
        testId="revealed-modal"
        onClose={onClose}
        footer={
          <Button data-autofocus onClick={onClose}>
            Hide it
          </Button>
        }
      >
        {shown.encoding === 'base64' ? <p>It is no text; this is its base64.</p> : null}
        <CodeBlock text={shown.value} label={`value of ${key}`} />
      </Dialog>
    );
  }
  return (
    <ConfirmDialog
      name="reveal"
      title={`Show ${key} of Secret ${secret}?`}
      confirm="Show it"
      dismiss="Leave it hidden"
      variant="primary"
      action={action}
      onClose={onClose}
    >
      <p>Whoever sees your screen sees it. That you have asked for it is written into the audit.</p>
    </ConfirmDialog>
  );
}
