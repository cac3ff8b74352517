'use client';

import type { DeploymentData } from '@ushadow/contracts';
import { useState } from 'react';
import { Button, LinkButton } from '../../../../ui/button.tsx';
import { isUnderWay } from '../../_status/deployment-facts.ts';
import { ConfirmCancel } from './confirm-cancel.tsx';
import { ConfirmUndo } from './confirm-undo.tsx';

interface HeaderActionsProps {
  readonly deployment: DeploymentData;
  /** Somebody wants it to end already. */
  readonly isEnding: boolean;
}

/** What can be done with a deployment now; what cannot is not offered. */
export function HeaderActions({ deployment, isEnding }: HeaderActionsProps) {
  const [asking, setAsking] = useState<'cancel' | 'undo' | null>(null);
  const isRunning = isUnderWay(deployment.status);
  const close = () => {
    setAsking(null);
  };
  // The first revision has none before it, and what wrote nothing, or has gone back already, has nothing to undo.
  const { verdict } = deployment;
  const isUndone = verdict?.rollback?.status === 'succeeded' || verdict?.code === 'PLAN_STALE';
  const canUndo = !isRunning && deployment.revision > 1 && !isUndone;
  return (
    <>
      {isRunning && !isEnding ? (
        <Button
          icon="cross"
          data-testid="cancel-deployment-btn"
          onClick={() => {
            setAsking('cancel');
          }}
        >
          Cancel
        </Button>
      ) : null}
      {canUndo ? (
        <Button
          icon="undo"
          data-testid="rollback-btn"
          onClick={() => {
            setAsking('undo');
          }}
        >
          Roll back
        </Button>
      ) : null}
      <LinkButton href={`/stacks/${deployment.stack_id}`} data-testid="to-stack">
        To the stack
      </LinkButton>
      {asking === 'cancel' && isRunning ? <ConfirmCancel deployment={deployment} onClose={close} /> : null}
      {asking === 'undo' && !isRunning ? <ConfirmUndo deployment={deployment} onClose={close} /> : null}
    </>
  );
}
