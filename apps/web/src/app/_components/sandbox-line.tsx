'use client';

import type { SandboxData } from '@ushadow/contracts';
import { useEffect, type ReactNode } from 'react';
import { useQuery } from '../../api/use-query.ts';
import { TimeAgo } from '../../ui/time-ago.tsx';
import styles from './sandbox-line.module.css';

const POLL_MS = 2_000;

interface SandboxLineProps {
  readonly hasClusters: boolean;
  /** It has just become a registered cluster. */
  readonly onReady: () => void;
}

/** One line on the sandbox cluster for as long as it is not there. */
export function SandboxLine({ hasClusters, onReady }: SandboxLineProps) {
  const { data } = useQuery('getSandbox', {}, { pollMs: POLL_MS });
  const isReady = data?.state === 'ready';
  useEffect(() => {
    if (isReady) onReady();
  }, [isReady, onReady]);
  const text = data === undefined ? null : textOf(data, hasClusters);
  if (text === null) return null;
  return (
    <p className={styles['line']} data-testid="sandbox-line">
      {text}
    </p>
  );
}

function textOf({ state, since, doing, reason, remedy }: SandboxData, hasClusters: boolean): ReactNode {
  switch (state) {
    case 'making':
      return (
        <>
          A sandbox cluster is being made: {doing ?? 'starting'}. Begun{' '}
          {since === null ? 'just now' : <TimeAgo at={since} />}.
        </>
      );
    case 'failed':
      return `There is no sandbox cluster: ${sentence(reason ?? 'it could not be made')} ${remedy ?? ''}`;
    case 'off':
      return hasClusters ? null : 'No sandbox cluster is made: Ushadow was started with --no-sandbox.';
    case 'none':
    case 'ready':
      return null;
  }
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
