'use client';

import { useQuery } from '../../../../api/use-query.ts';
import { LinkButton } from '../../../../ui/button.tsx';
import { ErrorNotice } from '../../../../ui/error-notice.tsx';
import { PageHeader, PageStack } from '../../../../ui/page-header.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { useDeploymentEvents } from '../_hooks/use-deployment-events.ts';
import { LoadedDeployment } from './loaded-deployment.tsx';

export function DeploymentView({ deploymentId }: { readonly deploymentId: string }) {
  const row = useQuery('getDeployment', { deployment_id: deploymentId });
  const live = useDeploymentEvents(deploymentId, row.data);
  const deployment = live.ended ?? row.data;
  const error = live.refusal ?? row.error;

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
  return <LoadedDeployment deployment={deployment} live={live} />;
}
