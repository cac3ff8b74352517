'use client';

import type { ReactNode } from 'react';
import type { Action } from '../api/use-action.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { ErrorNotice } from './error-notice.tsx';

interface ConfirmDialogProps {
  /** What it is called by tests: `remove-cluster` gives `remove-cluster-modal` and `confirm-remove-cluster-btn`. */
  readonly name: string;
  readonly title: string;
  /** On the button that does it. */
  readonly confirm: string;
  /** On the button that leaves everything as it is. */
  readonly dismiss?: string;
  readonly variant?: 'danger' | 'primary';
  /** Something has to be chosen first. */
  readonly isBlocked?: boolean;
  readonly action: Action<[]>;
  /** Ways out that the action's error offers. */
  readonly errorActions?: ReactNode;
  readonly onClose: () => void;
  /** What will happen, and what will not. */
  readonly children: ReactNode;
}

/** Asks before something is done that cannot simply be taken back. The focus starts on what does nothing. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const {
    name,
    title,
    confirm,
    dismiss = 'Keep it',
    variant = 'danger',
    action,
    errorActions,
    onClose,
    children,
  } = props;
  const { isBlocked = false } = props;
  return (
    <Dialog
      title={title}
      testId={`${name}-modal`}
      onClose={onClose}
      message={action.error === undefined ? null : <ErrorNotice error={action.error} actions={errorActions} />}
      footer={
        <>
          <Button onClick={onClose} data-autofocus>
            {dismiss}
          </Button>
          <Button
            variant={variant}
            busy={action.busy}
            disabled={isBlocked}
            data-testid={`confirm-${name}-btn`}
            onClick={() => void action.run()}
          >
            {confirm}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
