import { clusterOf, type ClusterData, type StackSummaryData } from '@ushadow/contracts';
import Link from 'next/link';
import { Badge } from '../../../ui/badge.tsx';
import { Table } from '../../../ui/table.tsx';
import { healthDisplay } from '../_status/fact-display.ts';
import { Address } from './address.tsx';
import { Fact } from './fact.tsx';
import { LastDeployment } from './last-deployment.tsx';
import styles from './stack-table.module.css';

const columns = ['Stack', 'Health', 'Services', 'Address', 'Last deployment', 'Cluster'] as const;

interface StackTableProps {
  readonly stacks: readonly StackSummaryData[];
  readonly clusters: readonly ClusterData[];
}

/** What runs where. */
export function StackTable({ stacks, clusters }: StackTableProps) {
  const names = new Map(clusters.map((cluster) => [cluster.cluster_id, cluster.name]));
  return (
    <Table label="Stacks" columns={columns} testId="stack-table">
      {stacks.map((stack) => (
        <tr key={stack.stack_id} data-testid={`stack-${stack.stack_id}`}>
          <td data-label="Stack">
            <span>
              <Link className={styles['name']} href={`/stacks/${stack.stack_id}`}>
                {stack.project}
              </Link>
              <span className={styles['muted']}> in {stack.namespace}</span>
            </span>
          </td>
          <td data-label="Health">
            <Fact fact={stack.health} display={healthDisplay(stack.health)} testId="stack-health" />
            {stack.drift.state === 'drifted' ? (
              <Badge tone="warn" icon="alert" testId="stack-drifted">
                {stack.drift.count} drifted
              </Badge>
            ) : null}
          </td>
          <td data-label="Services">
            <Services stack={stack} />
          </td>
          <td data-label="Address">
            {stack.address === null ? (
              <span className={styles['muted']}>none</span>
            ) : (
              <Address address={stack.address} />
            )}
          </td>
          <td data-label="Last deployment">
            <LastDeployment deployment={stack.deployment} />
          </td>
          <td data-label="Cluster">
            <span className={styles['cluster']}>
              {names.get(clusterOf(stack.target)) ?? <code>{clusterOf(stack.target)}</code>}
            </span>
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** How many are ready; what is not seen now is not counted as if it were. */
function Services({ stack }: { readonly stack: StackSummaryData }) {
  const { services, services_ready: ready, health, claims } = stack;
  if (services === 0) {
    return <span className={styles['muted']}>none{claims === 0 ? '' : `, ${claimsText(claims)} left`}</span>;
  }
  const isSeen = !health.stale && health.at !== null;
  return (
    <span data-testid="services-ready">
      {isSeen ? `${String(ready)}/${String(services)}` : <span className={styles['muted']}>?/{services}</span>}
    </span>
  );
}

function claimsText(claims: number): string {
  return claims === 1 ? '1 claim' : `${String(claims)} claims`;
}
