'use client';

import type { DeploymentData, RevisionData } from '@ushadow/contracts';
import { useState } from 'react';
import { useQuery } from '../../../../api/use-query.ts';
import { PageStack } from '../../../../ui/page-header.tsx';
import { isUnderWay } from '../../_status/is-under-way.ts';
import { objectName, type CauseData } from '../_events/event-data.ts';
import { progressOf } from '../_events/progress.ts';
import { shownStatus } from '../_events/shown-status.ts';
import { restorable } from '../_history/restorable.ts';
import type { DeploymentEvents } from '../_hooks/use-deployment-events.ts';
import { Announcer } from './announcer.tsx';
import { CausesCard } from './causes-card.tsx';
import { ConfirmRollback } from './confirm-rollback.tsx';
import { ConnectionNotice } from './connection-notice.tsx';
import { DeploymentHeader } from './deployment-header.tsx';
import { EndingNotice } from './ending-notice.tsx';
import { EventsCard } from './events-card.tsx';
import { HeaderActions } from './header-actions.tsx';
import { HistoryCard } from './history-card.tsx';
import styles from './loaded-deployment.module.css';
import { ObjectsCard } from './objects-card.tsx';
import { PodsCard } from './pods-card.tsx';
import { StagesCard } from './stages-card.tsx';
import { VerdictPanel } from './verdict-panel.tsx';

const HISTORY_ACTIVE_MS = 3_000;
const HISTORY_IDLE_MS = 10_000;
const HISTORY_SHOWN = 20;

interface LoadedDeploymentProps {
  readonly deployment: DeploymentData;
  readonly events: DeploymentEvents;
}

/** The page of a deployment: made from its events, beside its pods and the history of its service. */
export function LoadedDeployment({ deployment, events }: LoadedDeploymentProps) {
  const status = shownStatus(deployment, events.log);
  const { cluster_id, namespace, service_name, deployment_id: deploymentId } = deployment;
  const pollMs = isUnderWay(status) ? HISTORY_ACTIVE_MS : HISTORY_IDLE_MS;
  const history = useQuery('getHistory', { cluster_id, namespace, service_name, limit: HISTORY_SHOWN }, { pollMs });
  const [target, setTarget] = useState<RevisionData | null>(null);
  const offered = restorable(history.data?.revisions ?? []);
  const progress = progressOf(events.log, deployment.objects);
  const { verdict } = deployment;
  const isVerdictOf = (cause: CauseData) => cause.code === verdict?.code && objectName(cause.object) === verdict.object;
  const causes = progress.causes.filter((cause) => !isVerdictOf(cause));
  return (
    <PageStack testId="deployment-page">
      <DeploymentHeader
        deployment={deployment}
        status={status}
        actions={
          <HeaderActions
            deployment={deployment}
            status={status}
            isEnding={progress.ending !== null}
            restorable={offered}
            onRollback={setTarget}
          />
        }
      />
      <Announcer log={events.log} />
      <ConnectionNotice events={events} />
      {progress.ending === null || !isUnderWay(status) ? null : <EndingNotice ending={progress.ending} />}
      <VerdictPanel
        deployment={deployment}
        status={status}
        progress={progress}
        cause={progress.causes.find(isVerdictOf)}
        log={events.log}
      />
      <div className={styles['columns']}>
        <div className={styles['main']}>
          {causes.length === 0 ? null : (
            <CausesCard causes={causes} logs={progress.logs} hasVerdict={progress.verdict !== null} />
          )}
          <ObjectsCard objects={progress.objects} isOver={progress.verdict !== null} />
          <PodsCard deployment={deployment} status={status} />
        </div>
        <StagesCard progress={progress} />
      </div>
      <HistoryCard history={history} shownId={deploymentId} onRollback={setTarget} />
      <EventsCard log={events.log} />
      {target === null ? null : (
        <ConfirmRollback
          revisions={offered.length === 0 ? [target] : offered}
          chosen={target}
          onClose={() => {
            setTarget(null);
          }}
        />
      )}
    </PageStack>
  );
}
