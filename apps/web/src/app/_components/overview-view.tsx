'use client';

import { useQuery } from '../../api/use-query.ts';
import { Card } from '../../ui/card.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageHeader, PageStack } from '../../ui/page-header.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DeploymentTable } from '../deployments/_components/deployment-table.tsx';
import { FirstSteps } from './first-steps.tsx';
import { SandboxLine } from './sandbox-line.tsx';

const POLL_MS = 5_000;
const RECENT = 5;

/** Where things stand, and what to do next. */
export function OverviewView() {
  const clusters = useQuery('listClusters', {}, { pollMs: POLL_MS });
  const catalog = useQuery('listServices', {});
  const recent = useQuery('listDeployments', { limit: RECENT }, { pollMs: POLL_MS });
  const failed = [clusters, catalog, recent].find(({ error }) => error !== undefined);
  const isLoaded = clusters.data !== undefined && catalog.data !== undefined && recent.data !== undefined;

  return (
    <PageStack testId="overview-page">
      <PageHeader
        title="Overview"
        description="Ushadow takes the services of your Docker Compose files to Kubernetes."
      />
      {failed === undefined ? null : <ErrorNotice error={failed.error} onRetry={failed.reload} />}
      {clusters.data === undefined ? null : (
        <SandboxLine hasClusters={clusters.data.length > 0} onReady={clusters.reload} />
      )}
      {isLoaded ? (
        <FirstSteps
          clusters={clusters.data ?? []}
          services={catalog.data?.services ?? []}
          deployments={recent.data?.deployments ?? []}
        />
      ) : (
        failed === undefined && <Skeleton label="Loading the overview" shape="tiles" count={3} />
      )}
      {recent.data === undefined || recent.data.deployments.length === 0 ? null : (
        <Card title="Latest deployments" flush>
          <DeploymentTable deployments={recent.data.deployments} clusters={clusters.data ?? []} />
        </Card>
      )}
    </PageStack>
  );
}
