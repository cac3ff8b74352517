'use client';

import type { DeploymentData, RevisionData } from '@ushadow/contracts';
import { useState } from 'react';
import { Button, LinkButton } from '../../../../ui/button.tsx';
import { deployHref } from '../../../services/_catalog/deploy-href.ts';
import { isUnderWay } from '../../_status/is-under-way.ts';
import { ConfirmCancel } from './confirm-cancel.tsx';

interface HeaderActionsProps {
  readonly deployment: DeploymentData;
  readonly status: DeploymentData['status'];
  /** Somebody has asked for its end already. */
  readonly isEnding: boolean;
  /** What one may go back to, newest first. */
  readonly restorable: readonly RevisionData[];
  readonly onRollback: (revision: RevisionData) => void;
}

/** What can be done with a deployment now; what cannot is not offered. */
export function HeaderActions({ deployment, status, isEnding, restorable, onRollback }: HeaderActionsProps) {
  const [isAsking, setAsking] = useState(false);
  const isRunning = isUnderWay(status);
  const [newest] = restorable;
  return (
    <>
      {isRunning && !isEnding ? (
        <Button
          icon="cross"
          data-testid="cancel-deployment-btn"
          onClick={() => {
            setAsking(true);
          }}
        >
          Cancel
        </Button>
      ) : null}
      {isRunning || newest === undefined ? null : (
        <Button
          icon="undo"
          data-testid="rollback-btn"
          onClick={() => {
            onRollback(newest);
          }}
        >
          Roll back
        </Button>
      )}
      <LinkButton icon="rocket" href={deployHref(deployment)}>
        Deploy again
      </LinkButton>
      {isAsking && isRunning ? (
        <ConfirmCancel
          deployment={deployment}
          onClose={() => {
            setAsking(false);
          }}
        />
      ) : null}
    </>
  );
}
