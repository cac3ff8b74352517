'use client';

import type { ClusterData, operations, OutputOf } from '@ushadow/contracts';
import { useState } from 'react';
import { useQuery } from '../../../api/use-query.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { PageHeader, PageStack } from '../../../ui/page-header.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tile, Tiles } from '../../../ui/tiles.tsx';
import { AddClusterDialog } from './add-cluster-dialog.tsx';
import { ClusterCard } from './cluster-card.tsx';
import styles from './clusters-view.module.css';
import { CredentialWarnings } from './credential-warnings.tsx';

const POLL_MS = 5_000;

export function ClustersView() {
  const clusters = useQuery('listClusters', {}, { pollMs: POLL_MS });
  const scans = useQuery('listScans', {});
  const [isAdding, setAdding] = useState(false);
  const [news, setNews] = useState('');
  const [accepted, setAccepted] = useState<OutputOf<typeof operations.registerCluster> | null>(null);

  const changed = (text: string, saved?: ClusterData) => {
    setNews(text);
    if (saved !== undefined && clusters.data !== undefined)
      clusters.replace(clusters.data.map((each) => (each.cluster_id === saved.cluster_id ? saved : each)));
    clusters.reload();
    scans.reload();
  };
  const takenOver = (cluster: OutputOf<typeof operations.registerCluster>, text: string) => {
    setAccepted(cluster.warnings.length === 0 ? null : cluster);
    changed(text);
  };
  const openAdd = () => {
    setAdding(true);
  };

  return (
    <PageStack testId="kubernetes-page">
      <PageHeader
        title="Kubernetes Clusters"
        description="Where your services run. Add a cluster with its kubeconfig; its credentials are stored encrypted."
        actions={
          <Button variant="primary" icon="plus" data-testid="add-cluster-btn" onClick={openAdd}>
            Add Cluster
          </Button>
        }
      />
      <p role="status" className={news === '' ? 'visually-hidden' : styles['news']}>
        {news}
      </p>
      {accepted === null ? null : (
        <CredentialWarnings
          cluster={accepted}
          onDismiss={() => {
            setAccepted(null);
          }}
        />
      )}
      {clusters.error === undefined ? null : <ErrorNotice error={clusters.error} onRetry={clusters.reload} />}
      {clusters.data === undefined ? (
        clusters.error === undefined && <Skeleton label="Loading clusters" shape="cards" count={2} />
      ) : (
        <ClusterList clusters={clusters.data} onAdd={openAdd}>
          {(cluster) => (
            <ClusterCard
              key={cluster.cluster_id}
              cluster={cluster}
              sameAs={namesOf(cluster.same_as, clusters.data ?? [])}
              scans={(scans.data ?? []).filter((scan) => scan.cluster_id === cluster.cluster_id)}
              onChange={changed}
              onReplaced={(replaced) => {
                takenOver(replaced, `The credential of ${replaced.name} is replaced.`);
              }}
            />
          )}
        </ClusterList>
      )}
      {isAdding ? (
        <AddClusterDialog
          onClose={() => {
            setAdding(false);
          }}
          onAdded={(cluster) => {
            setAdding(false);
            takenOver(cluster, `Cluster ${cluster.name} is registered.`);
          }}
        />
      ) : null}
    </PageStack>
  );
}

function namesOf(ids: readonly string[], clusters: readonly ClusterData[]): string[] {
  return ids.flatMap((id) => clusters.find(({ cluster_id }) => cluster_id === id)?.name ?? []);
}

interface ClusterListProps {
  readonly clusters: readonly ClusterData[];
  readonly onAdd: () => void;
  readonly children: (cluster: ClusterData) => React.ReactNode;
}

function ClusterList({ clusters, onAdd, children }: ClusterListProps) {
  if (clusters.length === 0) {
    return (
      <EmptyState
        icon="plus"
        title="No clusters yet"
        testId="no-clusters"
        actions={
          <Button variant="primary" onClick={onAdd}>
            Add your first cluster
          </Button>
        }
      >
        Paste or upload a kubeconfig. Ushadow checks that the cluster answers before it stores anything. A sandbox
        cluster that is still starting appears here by itself.
      </EmptyState>
    );
  }
  return (
    <>
      <ClusterTiles clusters={clusters} />
      <div className={styles['grid']}>{clusters.map(children)}</div>
    </>
  );
}

function ClusterTiles({ clusters }: { readonly clusters: readonly ClusterData[] }) {
  const connected = clusters.filter((cluster) => cluster.status === 'connected').length;
  const nodes = clusters.reduce((sum, cluster) => sum + (cluster.node_count ?? 0), 0);
  return (
    <Tiles>
      <Tile label="Clusters" value={clusters.length} testId="total-clusters" />
      <Tile label="Connected" value={connected} testId="connected-clusters" />
      <Tile label="Nodes" value={nodes} testId="total-nodes" />
    </Tiles>
  );
}
