import type { DeploymentData } from '@ushadow/contracts';
import type { ReactNode } from 'react';
import type { Tone } from '../../../../ui/badge.tsx';
import { InlineCode } from '../../../../ui/inline-code.tsx';
import { Notice } from '../../../../ui/notice.tsx';
import type { CauseData } from '../_events/event-data.ts';
import type { EventLog } from '../_events/event-log.ts';
import type { Progress } from '../_events/progress.ts';
import { EvidenceList } from './evidence-list.tsx';
import { LogTails } from './log-tails.tsx';
import { SourcePlace } from './source-place.tsx';
import styles from './verdict-panel.module.css';

interface VerdictPanelProps {
  readonly deployment: DeploymentData;
  readonly status: DeploymentData['status'];
  readonly progress: Progress;
  /** The cause that the verdict names, with its evidence. */
  readonly cause: CauseData | undefined;
  readonly log: EventLog;
}

const titles: Readonly<Record<DeploymentData['status'], { readonly tone: Tone; readonly title: string }>> = {
  queued: { tone: 'neutral', title: 'Waiting for the deployment before it' },
  pending: { tone: 'neutral', title: 'Waiting for a worker' },
  deploying: { tone: 'info', title: 'Deploying' },
  succeeded: { tone: 'ok', title: 'Succeeded' },
  failed: { tone: 'bad', title: 'Failed' },
  unknown: { tone: 'warn', title: 'It is not known how this ended' },
  cancelled: { tone: 'neutral', title: 'Cancelled' },
  superseded: { tone: 'neutral', title: 'Superseded by a newer deployment' },
};

/** The outcome with its reason, the object at fault and what to do; while there is none, what is being done. */
export function VerdictPanel({ deployment, status, progress, cause, log }: VerdictPanelProps) {
  const { verdict } = deployment;
  const { tone, title } = titles[status];
  const message = verdict?.reason ?? log.at(-1)?.message ?? 'It starts as soon as a worker is free.';
  return (
    <Notice tone={tone} title={title} testId="verdict">
      <p data-testid="verdict-reason">
        <InlineCode text={message} />
      </p>
      {verdict === null || status === 'succeeded' ? null : (
        <>
          <dl className={styles['facts']}>
            <Fact
              name="Object"
              value={verdict.object === null ? null : <code>{verdict.object}</code>}
              testId="verdict-object"
            />
            <Fact
              name="Where"
              value={verdict.source == null ? null : <SourcePlace place={verdict.source} />}
              testId="verdict-source"
            />
            <Fact
              name="What to do"
              value={verdict.remedy === null ? null : <InlineCode text={verdict.remedy} />}
              testId="verdict-remedy"
            />
            <Fact
              name="Code"
              value={verdict.code === null ? null : <code>{verdict.code}</code>}
              testId="verdict-code"
            />
            <Fact name="Request" value={<code>{deployment.request_id}</code>} />
          </dl>
          {cause === undefined ? null : <EvidenceList cause={cause} />}
          <LogTails logs={progress.logs} />
        </>
      )}
      {status === 'succeeded' ? (
        <p className={styles['hint']}>
          See it with <code>kubectl get pods -n {deployment.namespace}</code>
        </p>
      ) : null}
    </Notice>
  );
}

interface FactProps {
  readonly name: string;
  readonly value: ReactNode;
  readonly testId?: string;
}

function Fact({ name, value, testId }: FactProps) {
  if (value === null) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd data-testid={testId}>{value}</dd>
    </div>
  );
}
