'use client';

import type { ClusterData, InfraScanData } from '@ushadow/contracts';
import { useState } from 'react';
import { api } from '../../../api/client.ts';
import { useAction } from '../../../api/use-action.ts';
import { Chip, Chips } from '../../../ui/badge.tsx';
import { Button, LinkButton } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { TimeAgo } from '../../../ui/time-ago.tsx';
import styles from './cluster-card.module.css';
import { ClusterNodes } from './cluster-nodes.tsx';
import { ClusterStatus } from './cluster-status.tsx';
import { CredentialExpiry } from './credential-expiry.tsx';
import { RemoveClusterDialog } from './remove-cluster-dialog.tsx';
import { ScanDialog } from './scan-dialog.tsx';
import { ScanResultsDialog } from './scan-results-dialog.tsx';

interface ClusterCardProps {
  readonly cluster: ClusterData;
  readonly scans: readonly InfraScanData[];
  /** Something about the cluster changed; the text says what. */
  readonly onChange: (news: string) => void;
}

type Opened = { readonly what: 'scan' | 'remove' } | { readonly what: 'results'; readonly scan: InfraScanData };

export function ClusterCard({ cluster, scans, onChange }: ClusterCardProps) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = () => {
    setOpened(null);
  };
  return (
    <article className={styles['card']} aria-label={cluster.name} data-testid={`cluster-card-${cluster.cluster_id}`}>
      <Facts cluster={cluster} onChange={onChange} />
      <ScanLines
        scans={scans}
        onView={(scan) => {
          setOpened({ what: 'results', scan });
        }}
      />
      {cluster.status === 'connected' ? <ClusterNodes cluster={cluster} /> : null}
      <Actions
        cluster={cluster}
        onOpen={(what) => {
          setOpened({ what });
        }}
      />
      {opened?.what === 'scan' ? (
        <ScanDialog
          cluster={cluster}
          onClose={close}
          onScanned={(scan) => {
            setOpened({ what: 'results', scan });
            onChange('');
          }}
        />
      ) : null}
      {opened?.what === 'results' ? <ScanResultsDialog scan={opened.scan} onClose={close} /> : null}
      {opened?.what === 'remove' ? (
        <RemoveClusterDialog
          cluster={cluster}
          onClose={close}
          onRemoved={() => {
            onChange(`Cluster ${cluster.name} is removed from Ushadow. What was deployed to it stays there.`);
          }}
        />
      ) : null}
    </article>
  );
}

function Facts({ cluster, onChange }: Omit<ClusterCardProps, 'scans'>) {
  const check = useAction(async () => {
    await api.checkCluster({ cluster_id: cluster.cluster_id });
    onChange('');
  });
  const labels = Object.entries(cluster.labels);
  return (
    <>
      <header className={styles['header']}>
        <div className={styles['names']}>
          <h2>{cluster.name}</h2>
          <p className={styles['context']}>{cluster.context}</p>
        </div>
        <ClusterStatus status={cluster.status} />
      </header>
      <p className={styles['server']}>
        <code>{cluster.server}</code>
      </p>
      <p className={styles['facts']}>
        <span>K8s {cluster.version ?? 'unknown'}</span>
        <span>{nodesText(cluster.node_count)}</span>
        <span>namespace: {cluster.namespace}</span>
      </p>
      {labels.length === 0 ? null : (
        <Chips>
          {labels.map(([key, value]) => (
            <Chip key={key}>
              {key}: {value}
            </Chip>
          ))}
        </Chips>
      )}
      {cluster.credential_expires_at === null ? null : <CredentialExpiry at={cluster.credential_expires_at} />}
      {cluster.status === 'connected' || cluster.status_reason === null ? null : (
        <Notice tone={cluster.status === 'unauthorized' ? 'warn' : 'neutral'} title={cluster.status_reason}>
          <p className={styles['muted']}>
            Since <TimeAgo at={cluster.status_since} />
          </p>
        </Notice>
      )}
      <div className={styles['checked']}>
        <span>
          Checked <TimeAgo at={cluster.checked_at} />
        </span>
        <Button
          small
          look="quiet"
          icon="refresh"
          busy={check.busy}
          data-testid={`check-cluster-${cluster.cluster_id}`}
          onClick={() => void check.run()}
        >
          Check now
        </Button>
      </div>
      {check.error === undefined ? null : <ErrorNotice error={check.error} />}
    </>
  );
}

interface ScanLinesProps {
  readonly scans: readonly InfraScanData[];
  readonly onView: (scan: InfraScanData) => void;
}

function ScanLines({ scans, onView }: ScanLinesProps) {
  if (scans.length === 0) return null;
  return (
    <ul className={styles['scans']}>
      {scans.map((scan) => (
        <li key={scan.namespace}>
          <span>
            {foundText(scan)} in <strong>{scan.namespace}</strong>
            <span className={styles['muted']}>
              {' · '}
              <TimeAgo at={scan.scanned_at} />
              {scan.stale ? ', old' : ''}
            </span>
          </span>
          <Button
            small
            data-testid={`view-scan-results-${scan.cluster_id}-${scan.namespace}`}
            onClick={() => {
              onView(scan);
            }}
          >
            View<span className="visually-hidden"> scan of {scan.namespace}</span>
          </Button>
        </li>
      ))}
    </ul>
  );
}

interface ActionsProps {
  readonly cluster: ClusterData;
  readonly onOpen: (what: 'scan' | 'remove') => void;
}

function Actions({ cluster, onOpen }: ActionsProps) {
  const { cluster_id: id, name } = cluster;
  const isConnected = cluster.status === 'connected';
  const label = <span className="visually-hidden"> {name}</span>;
  return (
    <footer className={styles['actions']}>
      {isConnected ? (
        <LinkButton
          small
          look="primary"
          icon="rocket"
          href={`/services?cluster=${id}`}
          data-testid={`deploy-services-${id}`}
        >
          Deploy{label}
        </LinkButton>
      ) : (
        <Button small look="primary" icon="rocket" disabled data-testid={`deploy-services-${id}`}>
          Deploy{label}
        </Button>
      )}
      <Button
        small
        icon="radar"
        disabled={!isConnected}
        data-testid={`scan-infra-${id}`}
        onClick={() => {
          onOpen('scan');
        }}
      >
        Scan{label}
      </Button>
      <span className={styles['gap']} />
      <Button
        small
        look="quiet"
        icon="trash"
        data-testid={`remove-cluster-${id}`}
        onClick={() => {
          onOpen('remove');
        }}
      >
        Remove{label}
      </Button>
    </footer>
  );
}

function nodesText(count: number | null): string {
  if (count === null) return 'nodes not visible';
  return count === 1 ? '1 node' : `${String(count)} nodes`;
}

function foundText(scan: InfraScanData): string {
  const found = Object.entries(scan.infra_services).filter(([, result]) => result.found);
  return found.length === 0 ? 'Nothing found' : found.map(([type]) => type).join(', ');
}
