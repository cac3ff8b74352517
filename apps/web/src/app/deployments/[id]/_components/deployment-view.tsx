'use client';

import { useQuery } from '../../../../api/use-query.ts';
import { LinkButton } from '../../../../ui/button.tsx';
import { ErrorNotice } from '../../../../ui/error-notice.tsx';
import { PageHeader, PageStack } from '../../../../ui/page-header.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { objectName, type CauseData } from '../_events/event-data.ts';
import { progressOf } from '../_events/progress.ts';
import { useDeploymentEvents } from '../_hooks/use-deployment-events.ts';
import { shownStatus } from '../_events/shown-status.ts';
import { Announcer } from './announcer.tsx';
import { CausesCard } from './causes-card.tsx';
import { ConnectionNotice } from './connection-notice.tsx';
import { DeploymentHeader } from './deployment-header.tsx';
import styles from './deployment-view.module.css';
import { EventsCard } from './events-card.tsx';
import { ObjectsCard } from './objects-card.tsx';
import { PodsCard } from './pods-card.tsx';
import { StagesCard } from './stages-card.tsx';
import { VerdictPanel } from './verdict-panel.tsx';

export function DeploymentView({ deploymentId }: { readonly deploymentId: string }) {
  const row = useQuery('getDeployment', { deployment_id: deploymentId });
  const events = useDeploymentEvents(deploymentId);
  const deployment = events.ended ?? row.data;
  const error = row.error ?? events.refusal ?? undefined;

  if (deployment === undefined) {
    return (
      <PageStack>
        <PageHeader title="Deployment" />
        {error === undefined ? (
          <Skeleton label="Loading the deployment" shape="rows" count={4} />
        ) : (
          <ErrorNotice
            error={error}
            onRetry={row.reload}
            actions={
              <LinkButton small href="/deployments">
                All deployments
              </LinkButton>
            }
          />
        )}
      </PageStack>
    );
  }
  const status = shownStatus(deployment, events.log);
  const progress = progressOf(events.log, deployment.objects);
  const { verdict } = deployment;
  const isVerdictOf = (cause: CauseData) => cause.code === verdict?.code && objectName(cause.object) === verdict.object;
  const causes = progress.causes.filter((cause) => !isVerdictOf(cause));
  return (
    <PageStack testId="deployment-page">
      <DeploymentHeader deployment={deployment} status={status} />
      <Announcer log={events.log} />
      <ConnectionNotice events={events} />
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
      <EventsCard log={events.log} />
    </PageStack>
  );
}
