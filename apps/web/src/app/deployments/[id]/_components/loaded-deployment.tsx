'use client';

import type { DeploymentData } from '@ushadow/contracts';
import { clockTime } from '../../../../ui/format.ts';
import { Notice } from '../../../../ui/notice.tsx';
import { PageStack } from '../../../../ui/page-header.tsx';
import { TimeAgo } from '../../../../ui/time-ago.tsx';
import { isUnderWay } from '../../_status/deployment-facts.ts';
import { type CauseData, objectName } from '../_events/event-data.ts';
import type { LiveState } from '../_events/live-deployment.ts';
import type { Ending, Progress } from '../_events/progress.ts';
import { CausesCard } from './causes-card.tsx';
import { DeploymentHeader } from './deployment-header.tsx';
import { EventsCard } from './events-card.tsx';
import { HeaderActions } from './header-actions.tsx';
import styles from './loaded-deployment.module.css';
import { ServicesCard } from './services-card.tsx';
import { StagesCard } from './stages-card.tsx';
import { VerdictPanel } from './verdict-panel.tsx';

interface LoadedDeploymentProps {
  readonly deployment: DeploymentData;
  readonly live: LiveState;
}

/** The page of a deployment, made from its events. */
export function LoadedDeployment({ deployment: stored, live }: LoadedDeploymentProps) {
  const { log, progress } = live;
  const deployment = asFollowed(stored, progress);
  const { status, verdict } = deployment;
  const isVerdictOf = (cause: CauseData) => cause.code === verdict?.code && objectName(cause.object) === verdict.object;
  const causes = progress.causes.filter((cause) => !isVerdictOf(cause));
  return (
    <PageStack testId="deployment-page">
      <DeploymentHeader
        deployment={deployment}
        actions={<HeaderActions deployment={deployment} isEnding={progress.ending !== null} />}
      />
      <LiveRegion log={log} />
      <ConnectionNotice live={live} />
      {progress.ending === null || !isUnderWay(status) ? null : <EndingNotice ending={progress.ending} />}
      <VerdictPanel deployment={deployment} progress={progress} cause={progress.causes.find(isVerdictOf)} log={log} />
      <div className={styles['columns']}>
        <div className={styles['main']}>
          {causes.length === 0 ? null : (
            <CausesCard causes={causes} logs={progress.logs} hasVerdict={verdict !== null} />
          )}
          <ServicesCard services={progress.services} verdicts={verdict?.services} isOver={verdict !== null} />
        </div>
        <StagesCard progress={progress} />
      </div>
      <EventsCard log={log} count={log.length} />
    </PageStack>
  );
}

/** Says when what is shown may be out of date. */
function ConnectionNotice({ live }: { readonly live: LiveState }) {
  if (live.connection !== 'lost') return null;
  const last = live.log.at(-1);
  return (
    <Notice tone="warn" role="status" title="Reconnecting…" testId="reconnecting">
      <p>{last === undefined ? 'No update has come yet.' : `Last update at ${clockTime(last.time)}.`}</p>
    </Notice>
  );
}

/** While a deployment is on its way to an early end: who wants that, and what becomes of what it has made. */
function EndingNotice({ ending }: { readonly ending: Ending }) {
  const { request, rollback, actor, time } = ending;
  const isCancel = request === 'cancel';
  return (
    <Notice
      tone="info"
      role="status"
      title={isCancel ? 'Cancelling…' : 'Making room for a newer deployment…'}
      testId="ending"
    >
      <p>
        Asked for by <strong>{actor}</strong> <TimeAgo at={time} />. It ends at its next step
        {rollback ? ', and the last good revision is brought back.' : '; what it has written stays as it is.'}
      </p>
    </Notice>
  );
}

const spoken = new Set(['stage.started', 'cause.raised', 'verdict']);

/** Reads out stages, causes and the verdict to screen readers; not every event, which would drown them. */
function LiveRegion({ log }: Pick<LiveState, 'log'>) {
  const last = log.findLast((event) => spoken.has(event.type));
  return (
    <p role="status" aria-live="polite" className="visually-hidden" data-testid="progress-announcer">
      {last?.message ?? ''}
    </p>
  );
}

/** The deployment as its events have it: with the verdict that has come by them, before it is asked for once more. */
function asFollowed(stored: DeploymentData, { verdict, stages }: Progress): DeploymentData {
  if (stored.verdict !== null) return stored;
  if (verdict !== null) return { ...stored, status: verdict.status, verdict };
  return stored.status === 'pending' && stages.length > 0 ? { ...stored, status: 'deploying' } : stored;
}
