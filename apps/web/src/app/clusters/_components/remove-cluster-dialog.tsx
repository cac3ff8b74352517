'use client';

import type { ClusterData } from '@ushadow/contracts';
import { api } from '../../../api/client.ts';
import { useAction } from '../../../api/use-action.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';

interface RemoveClusterDialogProps {
  readonly cluster: ClusterData;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
}

export function RemoveClusterDialog({ cluster, onClose, onRemoved }: RemoveClusterDialogProps) {
  const remove = useAction(async () => {
    await api.deleteCluster({ cluster_id: cluster.cluster_id });
    onRemoved();
  });
  return (
    <ConfirmDialog
      name="remove-cluster"
      title={`Remove ${cluster.name}?`}
      confirm="Remove cluster"
      action={remove}
      onClose={onClose}
    >
      <p>
        Ushadow forgets this cluster, its scans, its stored credentials and the keys they were encrypted with; its
        deployments stay in the history. <strong>Everything deployed to it stays there</strong> and keeps running; to
        reach it again from here, add the cluster with its kubeconfig.
      </p>
    </ConfirmDialog>
  );
}
