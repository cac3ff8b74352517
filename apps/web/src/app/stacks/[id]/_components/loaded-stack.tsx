'use client';

import type { StackData } from '@ushadow/contracts';
import Link from 'next/link';
import { Card } from '../../../../ui/card.tsx';
import { ErrorNotice } from '../../../../ui/error-notice.tsx';
import { Notice } from '../../../../ui/notice.tsx';
import { PageStack } from '../../../../ui/page-header.tsx';
import { Table } from '../../../../ui/table.tsx';
import { AuditList } from '../../../audit/_components/audit-list.tsx';
import { RunningDeployment } from '../../../deployments/_components/running-deployment.tsx';
import { isUnderWay } from '../../../deployments/_status/deployment-facts.ts';
import { useOperations } from '../_hooks/use-operations.ts';
import { ConfigurationCard } from './configuration-card.tsx';
import { DriftCard } from './drift-card.tsx';
import { HooksCard } from './hooks-card.tsx';
import { HistoryCard } from './history-card.tsx';
import { PodsCard } from './pods-card.tsx';
import { ServiceTable } from './service-table.tsx';
import { StackActions } from './stack-actions.tsx';
import { StackHeader } from './stack-header.tsx';

interface LoadedStackProps {
  readonly stack: StackData;
  /** Why it could not be asked again. */
  readonly error: unknown;
  readonly reload: () => void;
}

export function LoadedStack({ stack, error, reload }: LoadedStackProps) {
  const operations = useOperations(stack, reload);
  const { deployment } = stack;
  return (
    <PageStack testId="stack-page">
      <StackHeader stack={stack} />
      {error === undefined ? null : <ErrorNotice error={error} onRetry={reload} />}
      {stack.health.stale ? (
        <Notice tone="warn" role="status" title="The cluster does not answer now" testId="stack-stale">
          <p>Below is what was last seen. Whether it still is so is not known.</p>
        </Notice>
      ) : null}
      {stack.manifests?.problem == null ? null : (
        <Notice tone="warn" role="status" title="The manifests were not all written" testId="stack-manifests">
          <p>
            Those of revision {stack.manifests.revision}, in the operator’s folder: {stack.manifests.problem}. The
            deployment is not affected.
          </p>
        </Notice>
      )}
      {operations.errors.map((each) => (
        <ErrorNotice
          key={each.service}
          error={each.error}
          testId={`operation-error-${each.service}`}
          actions={<RunningDeployment error={each.error} />}
        />
      ))}
      {deployment !== null && isUnderWay(deployment.status) ? (
        <Notice tone="info" role="status" title={`${deployment.kind} is under way`} testId="stack-under-way">
          <p>
            <Link href={`/deployments/${deployment.deployment_id}`}>Watch it</Link>
          </p>
        </Notice>
      ) : null}
      <ServiceTable stack={stack} operations={operations} />
      {stack.revision === null || stack.services.length === 0 ? null : (
        <>
          <StackActions stack={stack} />
          <DriftCard key={stack.revision} stackId={stack.stack_id} />
        </>
      )}
      {stack.volumes.length === 0 ? null : <VolumesCard volumes={stack.volumes} />}
      <PodsCard stack={stack} />
      <HistoryCard stack={stack} />
      <HooksCard stack={stack} />
      <ConfigurationCard configuration={stack.configuration} />
      <Card title="Audit" testId="stack-audit" flush>
        <AuditList scope={{ stack_id: stack.stack_id }} limit={10} />
      </Card>
    </PageStack>
  );
}

function VolumesCard({ volumes }: Pick<StackData, 'volumes'>) {
  return (
    <Card title="Volumes" aside={<span>They stay when a service goes.</span>} testId="stack-volumes" flush>
      <Table label="Volumes" columns={['Claim', 'Size', 'Bound']}>
        {volumes.map(({ claim, size, bound }) => (
          <tr key={claim}>
            <td data-label="Claim">{claim}</td>
            <td data-label="Size">{size ?? '–'}</td>
            <td data-label="Bound">{bound === null ? 'not known' : bound ? 'yes' : 'not yet'}</td>
          </tr>
        ))}
      </Table>
    </Card>
  );
}
