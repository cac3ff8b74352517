'use client';

import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';

interface StopDialogProps {
  readonly service: string;
  readonly onStop: () => void;
  readonly onClose: () => void;
}

export function StopDialog({ service, onStop, onClose }: StopDialogProps) {
  return (
    <Dialog
      title={`Stop ${service}?`}
      testId="stop-modal"
      onClose={onClose}
      footer={
        <>
          <Button data-autofocus onClick={onClose}>
            Let it run
          </Button>
          <Button
            variant="danger"
            data-testid="confirm-stop-btn"
            onClick={() => {
              onStop();
              onClose();
            }}
          >
            Stop
          </Button>
        </>
      }
    >
      <p>
        Its pods end, and what depends on it may fail. Its configuration and data stay; <strong>Start</strong> brings it
        back as it was, and so does the next deployment of the whole stack.
      </p>
    </Dialog>
  );
}
