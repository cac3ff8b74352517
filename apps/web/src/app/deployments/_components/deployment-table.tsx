import { clusterOf, type ClusterData, type DeploymentData } from '@ushadow/contracts';
import Link from 'next/link';
import { duration } from '../../../ui/format.ts';
import { Table } from '../../../ui/table.tsx';
import { TimeAgo } from '../../../ui/time-ago.tsx';
import { servicesText } from '../_status/deployment-facts.ts';
import { DeploymentStatus } from './deployment-status.tsx';
import styles from './deployment-table.module.css';

const columns = ['Stack', 'What', 'Status', 'Cluster', 'Started', 'Took'] as const;

interface DeploymentTableProps {
  readonly deployments: readonly DeploymentData[];
  readonly clusters: readonly ClusterData[];
}

export function DeploymentTable({ deployments, clusters }: DeploymentTableProps) {
  const names = new Map(clusters.map((cluster) => [cluster.cluster_id, cluster.name]));
  return (
    <Table label="Deployments" columns={columns} testId="deployment-table">
      {deployments.map((deployment) => (
        <tr key={deployment.deployment_id}>
          <td data-label="Stack">
            <Link className={styles['name']} href={`/deployments/${deployment.deployment_id}`}>
              {deployment.project}
            </Link>
            <span className={styles['namespace']}> in {deployment.namespace}</span>
          </td>
          <td data-label="What">
            <span>
              {deployment.kind} <span className={styles['namespace']}>{servicesText(deployment.services)}</span>
            </span>
          </td>
          <td data-label="Status">
            <span>
              <DeploymentStatus status={deployment.status} />
              <Reason deployment={deployment} />
            </span>
          </td>
          <td data-label="Cluster">
            {names.get(clusterOf(deployment.target)) ?? <code>{clusterOf(deployment.target)}</code>}
          </td>
          <td data-label="Started">
            <TimeAgo at={deployment.created_at} />
          </td>
          <td data-label="Took">{tookOf(deployment)}</td>
        </tr>
      ))}
    </Table>
  );
}

function Reason({ deployment }: { readonly deployment: DeploymentData }) {
  const { verdict } = deployment;
  if (verdict === null || verdict.status === 'succeeded' || verdict.reason === null) return null;
  return <span className={styles['reason']}>{verdict.reason}</span>;
}

function tookOf({ created_at: from, finished_at: to }: DeploymentData): string {
  return to === null ? '–' : duration(Date.parse(to) - Date.parse(from));
}
