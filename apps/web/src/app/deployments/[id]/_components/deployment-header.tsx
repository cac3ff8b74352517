import { clusterOf, type DeploymentData } from '@ushadow/contracts';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Breadcrumb } from '../../../../ui/breadcrumb.tsx';
import { CopyButton } from '../../../../ui/copy-button.tsx';
import { duration, elapsed } from '../../../../ui/format.ts';
import { PageHeader } from '../../../../ui/page-header.tsx';
import { TimeAgo } from '../../../../ui/time-ago.tsx';
import { useNow } from '../../../../ui/use-now.ts';
import { ClusterName } from '../../../clusters/_components/cluster-text.tsx';
import { DeploymentStatus } from '../../_components/deployment-status.tsx';
import { isUnderWay, servicesText } from '../../_status/deployment-facts.ts';
import styles from './deployment-header.module.css';

interface DeploymentHeaderProps {
  readonly deployment: DeploymentData;
  readonly actions: ReactNode;
}

export function DeploymentHeader({ deployment, actions }: DeploymentHeaderProps) {
  const { deployment_id: id, target, kind, revision, plan_id: planId, status } = deployment;
  return (
    <PageHeader
      above={<Breadcrumb href="/deployments" name="Deployments" />}
      title={
        <span className={styles['title']}>
          {deployment.project} <DeploymentStatus status={status} />
        </span>
      }
      description={
        <div className={styles['facts']}>
          <span>
            to <ClusterName clusterId={clusterOf(target)} />
          </span>
          <span>
            namespace <strong>{deployment.namespace}</strong>
          </span>
          <span data-testid="deployment-services">{servicesText(deployment.services)}</span>
          <span>
            {kind} as revision <strong>{revision}</strong>
          </span>
          <span>
            started by <strong>{deployment.actor}</strong> <TimeAgo at={deployment.created_at} />
          </span>
          <Elapsed deployment={deployment} isRunning={isUnderWay(status)} />
          {deployment.message === null ? null : <span>“{deployment.message}”</span>}
          {planId === null ? null : (
            <Link href={`/plans/${planId}`} data-testid="applied-plan">
              its plan
            </Link>
          )}
          <span className={styles['id']}>
            id <code data-testid="deployment-id">{id}</code>
            <CopyButton text={id} what="deployment id" />
          </span>
        </div>
      }
      actions={actions}
    />
  );
}

function Elapsed({ deployment, isRunning }: { readonly deployment: DeploymentData; readonly isRunning: boolean }) {
  const now = useNow(isRunning ? 1_000 : null);
  const from = Date.parse(deployment.created_at);
  if (deployment.finished_at !== null) {
    return <span data-testid="took">took {duration(Date.parse(deployment.finished_at) - from)}</span>;
  }
  return isRunning ? <span>for {elapsed(now - from)}</span> : null;
}
