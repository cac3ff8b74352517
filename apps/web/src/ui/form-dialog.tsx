'use client';

import { useId } from 'react';
import type { Action } from '../api/use-action.ts';
import { Button } from './button.tsx';
import { Dialog, type DialogProps } from './dialog.tsx';
import { ErrorNotice } from './error-notice.tsx';

interface FormDialogProps extends Omit<DialogProps, 'footer'> {
  /** What submitting does; its error is shown where there is no other message. */
  readonly action: Pick<Action<[]>, 'busy' | 'error'>;
  readonly submit: {
    readonly label: string;
    /** While it is under way. */
    readonly busyLabel?: string;
    readonly testId: string;
  };
  readonly isValid: boolean;
  readonly errorTestId?: string;
  readonly onSubmit: () => void;
}

/** A dialog around a form: submitted by its button or by Enter, once at a time and only while it is valid. */
export function FormDialog(props: FormDialogProps) {
  const { action, submit, isValid, errorTestId, message, onSubmit, children, ...dialog } = props;
  const form = useId();
  const error = action.error === undefined ? null : <ErrorNotice error={action.error} testId={errorTestId} />;
  return (
    <Dialog
      {...dialog}
      message={message ?? error}
      footer={
        <>
          <Button onClick={dialog.onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            busy={action.busy}
            disabled={!isValid}
            data-testid={submit.testId}
          >
            {action.busy ? (submit.busyLabel ?? submit.label) : submit.label}
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault();
          if (isValid && !action.busy) onSubmit();
        }}
      >
        {children}
      </form>
    </Dialog>
  );
}
