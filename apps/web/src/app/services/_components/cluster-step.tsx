import type { ClusterData } from '@ushadow/contracts';
import { LinkButton } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Icon } from '../../../ui/icon.tsx';
import type { AvailableService } from '../_catalog/filter-services.ts';
import styles from './cluster-step.module.css';

interface ClusterStepProps {
  readonly service: AvailableService;
  readonly clusters: readonly ClusterData[];
  readonly onChoose: (clusterId: string) => void;
  readonly onClose: () => void;
}

export function ClusterStep({ service, clusters, onChoose, onClose }: ClusterStepProps) {
  const isNoneConnected = clusters.every((cluster) => cluster.status !== 'connected');
  return (
    <Dialog
      title={`Deploy ${service.display_name}`}
      description={isNoneConnected ? undefined : 'Choose the cluster it is to run in.'}
      testId="deploy-to-k8s-modal"
      onClose={onClose}
    >
      {isNoneConnected ? (
        <EmptyState
          icon="alert"
          title={clusters.length === 0 ? 'No cluster to deploy to' : 'No cluster is connected'}
          actions={
            <LinkButton look="primary" href="/clusters">
              {clusters.length === 0 ? 'Add a cluster' : 'See why'}
            </LinkButton>
          }
        >
          {clusters.length === 0
            ? 'Register one with its kubeconfig first.'
            : 'The clusters page says what is wrong with each.'}
        </EmptyState>
      ) : (
        <ul className={styles['list']}>
          {clusters.map((cluster) => (
            <li key={cluster.cluster_id}>
              <ClusterChoice cluster={cluster} onChoose={onChoose} />
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function ClusterChoice({ cluster, onChoose }: { cluster: ClusterData } & Pick<ClusterStepProps, 'onChoose'>) {
  const isConnected = cluster.status === 'connected';
  return (
    <button
      type="button"
      className={styles['choice']}
      disabled={!isConnected}
      data-testid={`select-cluster-${cluster.cluster_id}`}
      onClick={() => {
        onChoose(cluster.cluster_id);
      }}
    >
      <span className={styles['text']}>
        <strong>{cluster.name}</strong>
        <span className={styles['muted']}>
          {isConnected ? cluster.server : (cluster.status_reason ?? cluster.status)}
        </span>
      </span>
      <Icon name="chevron" />
    </button>
  );
}
