'use client';

import type { ClusterData } from '@ushadow/contracts';
import { api } from '../../../api/client.ts';
import { useAction } from '../../../api/use-action.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';

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
    <Dialog
      title={`Remove ${cluster.name}?`}
      testId="remove-cluster-modal"
      onClose={onClose}
      message={remove.error === undefined ? null : <ErrorNotice error={remove.error} />}
      footer={
        <>
          <Button onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button
            look="danger"
            busy={remove.busy}
            data-testid="confirm-remove-cluster-btn"
            onClick={() => void remove.run()}
          >
            Remove cluster
          </Button>
        </>
      }
    >
      <p>
        Ushadow forgets this cluster, its scans, its stored credentials and the keys they were encrypted with; its
        deployments stay in the history. <strong>Everything deployed to it stays there</strong> and keeps running; to
        reach it again from here, add the cluster with its kubeconfig.
      </p>
    </Dialog>
  );
}
