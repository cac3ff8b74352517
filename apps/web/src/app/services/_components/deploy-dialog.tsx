'use client';

import type { ClusterData } from '@ushadow/contracts';
import { useState } from 'react';
import { useQuery } from '../../../api/use-query.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import type { AvailableService } from '../_catalog/filter-services.ts';
import { ClusterStep } from './cluster-step.tsx';
import { ConfigureStep } from './configure-step.tsx';

interface DeployDialogProps {
  readonly service: AvailableService;
  /** The cluster the user came from, if any. */
  readonly givenClusterId: string | null;
  readonly onClose: () => void;
}

/** First the cluster, where there is a choice, then how the service is to run. */
export function DeployDialog({ service, givenClusterId, onClose }: DeployDialogProps) {
  const clusters = useQuery('listClusters', {});
  const [chosenId, setChosenId] = useState(givenClusterId);

  if (clusters.data === undefined) {
    return (
      <Dialog title={`Deploy ${service.display_name}`} testId="deploy-to-k8s-modal" onClose={onClose}>
        {clusters.error === undefined ? (
          <p role="status">Loading clusters…</p>
        ) : (
          <ErrorNotice error={clusters.error} onRetry={clusters.reload} />
        )}
      </Dialog>
    );
  }
  const usable = clusters.data.filter((cluster) => cluster.status === 'connected');
  const cluster = chosenOf(usable, chosenId);
  if (cluster === undefined) {
    return <ClusterStep service={service} clusters={clusters.data} onChoose={setChosenId} onClose={onClose} />;
  }
  return (
    <ConfigureStep
      key={cluster.cluster_id}
      service={service}
      cluster={cluster}
      onClose={onClose}
      onChangeCluster={
        usable.length > 1
          ? () => {
              setChosenId(null);
            }
          : null
      }
    />
  );
}

/** With one cluster there is nothing to choose. */
function chosenOf(usable: readonly ClusterData[], chosenId: string | null): ClusterData | undefined {
  if (usable.length === 1 && chosenId === null) return usable[0];
  return usable.find((cluster) => cluster.cluster_id === chosenId);
}
