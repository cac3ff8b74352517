'use client';

import type { DeploymentData } from '@ushadow/contracts';
import { PageStack } from '../../../../ui/page-header.tsx';
import { isUnderWay } from '../../_status/deployment-facts.ts';
import { objectName, type CauseData } from '../_events/event-data.ts';
import type { LiveState } from '../_events/live-deployment.ts';
import { shownStatus } from '../_events/shown-status.ts';
import { Announcer } from './announcer.tsx';
import { CausesCard } from './causes-card.tsx';
import { ConnectionNotice } from './connection-notice.tsx';
import { DeploymentHeader } from './deployment-header.tsx';
import { EndingNotice } from './ending-notice.tsx';
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
export function LoadedDeployment({ deployment, live }: LoadedDeploymentProps) {
  const { log, progress } = live;
  const status = shownStatus(deployment, progress);
  const { verdict } = deployment;
  const isOver = progress.verdict !== null || verdict !== null;
  const isVerdictOf = (cause: CauseData) => cause.code === verdict?.code && objectName(cause.object) === verdict.object;
  const causes = progress.causes.filter((cause) => !isVerdictOf(cause));
  return (
    <PageStack testId="deployment-page">
      <DeploymentHeader
        deployment={deployment}
        status={status}
        actions={<HeaderActions deployment={deployment} status={status} isEnding={progress.ending !== null} />}
      />
      <Announcer log={log} />
      <ConnectionNotice live={live} />
      {progress.ending === null || !isUnderWay(status) ? null : <EndingNotice ending={progress.ending} />}
      <VerdictPanel
        deployment={deployment}
        status={status}
        progress={progress}
        cause={progress.causes.find(isVerdictOf)}
        log={log}
      />
      <div className={styles['columns']}>
        <div className={styles['main']}>
          {causes.length === 0 ? null : <CausesCard causes={causes} logs={progress.logs} hasVerdict={isOver} />}
          <ServicesCard services={progress.services} verdicts={verdict?.services} isOver={isOver} />
        </div>
        <StagesCard progress={progress} />
      </div>
      <EventsCard log={log} count={log.length} />
    </PageStack>
  );
}
