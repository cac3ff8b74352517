import type { DeploymentData } from '@ushadow/contracts';
import { useQuery } from '../../../../api/use-query.ts';
import { Badge, type Tone } from '../../../../ui/badge.tsx';
import { Card } from '../../../../ui/card.tsx';
import { ErrorNotice } from '../../../../ui/error-notice.tsx';
import type { IconName } from '../../../../ui/icon.tsx';
import { Table } from '../../../../ui/table.tsx';
import { isUnderWay } from '../../_status/is-under-way.ts';
import { podTone } from '../_events/pod-tone.ts';
import styles from './pods-card.module.css';

const POLL_ACTIVE_MS = 1_500;
const POLL_IDLE_MS = 10_000;

const icons: Readonly<Record<Tone, IconName | 'spinner'>> = {
  ok: 'check',
  bad: 'cross',
  warn: 'alert',
  info: 'spinner',
  neutral: 'question',
};

interface PodsCardProps {
  readonly deployment: DeploymentData;
  readonly status: DeploymentData['status'];
}

/** The service's pods as the cluster has them now, asked for while the page is visible. */
export function PodsCard({ deployment, status }: PodsCardProps) {
  const { cluster_id, namespace, service_name } = deployment;
  const pollMs = isUnderWay(status) ? POLL_ACTIVE_MS : POLL_IDLE_MS;
  const { data, error, reload } = useQuery('listPods', { cluster_id, namespace, service_name }, { pollMs });
  return (
    <Card title="Pods" aside={<span>as the cluster has them now</span>} testId="pods" flush>
      {error === undefined ? null : (
        <div className={styles['inset']}>
          <ErrorNotice error={error} onRetry={reload} />
        </div>
      )}
      {data === undefined ? (
        error === undefined && (
          <p className={styles['inset']} role="status">
            Loading pods…
          </p>
        )
      ) : data.pods.length === 0 ? (
        <p className={styles['inset']}>No pods.</p>
      ) : (
        <Table label="Pods" columns={['Pod', 'Status', 'Restarts', 'Age', 'Node']} testId="pod-table">
          {data.pods.map((pod) => {
            const tone = podTone(pod.status);
            return (
              <tr key={pod.name} data-testid={`pod-${pod.name}`}>
                <td data-label="Pod">{pod.name}</td>
                <td data-label="Status">
                  <span>
                    <Badge tone={tone} icon={icons[tone]} testId="pod-status">
                      {pod.status}
                    </Badge>
                  </span>
                </td>
                <td data-label="Restarts">{pod.restarts}</td>
                <td data-label="Age">{pod.age}</td>
                <td data-label="Node">{pod.node}</td>
              </tr>
            );
          })}
        </Table>
      )}
    </Card>
  );
}
