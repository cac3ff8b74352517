'use client';

import type { ClusterData, InfraScanData, operations, OutputOf } from '@ushadow/contracts';
import { useState } from 'react';
import { Button, LinkButton } from '../../../ui/button.tsx';
import { TimeAgo } from '../../../ui/time-ago.tsx';
import styles from './cluster-card.module.css';
import { ClusterAccess } from './cluster-access.tsx';
import { ClusterFacts } from './cluster-facts.tsx';
import { ClusterNodes } from './cluster-nodes.tsx';
import { EditClusterDialog } from './edit-cluster-dialog.tsx';
import { RegistryCredentials } from './registry-credentials.tsx';
import { RemoveClusterDialog } from './remove-cluster-dialog.tsx';
import { ReplaceCredentialDialog } from './replace-credential-dialog.tsx';
import { ScanDialog } from './scan-dialog.tsx';
import { ScanResultsDialog } from './scan-results-dialog.tsx';

interface ClusterCardProps {
  readonly cluster: ClusterData;
  /** Names of other registrations of the same API server. */
  readonly sameAs: readonly string[];
  readonly scans: readonly InfraScanData[];
  /** Something about the cluster changed; the text says what. */
  /** What to say of it, and the cluster as it is now where the answer has it. */
  readonly onChange: (news: string, saved?: ClusterData) => void;
  /** Its credential was replaced; the answer may hold warnings. */
  readonly onReplaced: (cluster: OutputOf<typeof operations.replaceCredential>) => void;
}

type Asked = 'scan' | 'edit' | 'credential' | 'remove';
type Opened = { readonly what: Asked } | { readonly what: 'results'; readonly scan: InfraScanData };

export function ClusterCard({ cluster, sameAs, scans, onChange, onReplaced }: ClusterCardProps) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = () => {
    setOpened(null);
  };
  return (
    <article className={styles['card']} aria-label={cluster.name} data-testid={`cluster-card-${cluster.cluster_id}`}>
      <ClusterFacts cluster={cluster} sameAs={sameAs} onChange={onChange} />
      <ScanLines
        scans={scans}
        onView={(scan) => {
          setOpened({ what: 'results', scan });
        }}
      />
      {cluster.status === 'connected' ? (
        <>
          <ClusterNodes cluster={cluster} />
          <ClusterAccess cluster={cluster} />
        </>
      ) : null}
      <RegistryCredentials cluster={cluster} />
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
      {opened?.what === 'edit' ? (
        <EditClusterDialog
          cluster={cluster}
          onClose={close}
          onSaved={(saved) => {
            close();
            onChange(`Cluster ${saved.name} is saved.`, saved);
          }}
        />
      ) : null}
      {opened?.what === 'credential' ? (
        <ReplaceCredentialDialog
          cluster={cluster}
          onClose={close}
          onReplaced={(replaced) => {
            close();
            onReplaced(replaced);
          }}
        />
      ) : null}
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
  readonly onOpen: (what: Asked) => void;
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
          variant="primary"
          icon="rocket"
          href={`/projects?cluster=${id}`}
          data-testid={`deploy-services-${id}`}
        >
          Deploy{label}
        </LinkButton>
      ) : (
        <Button small variant="primary" icon="rocket" disabled data-testid={`deploy-services-${id}`}>
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
      <Button
        small
        icon="pencil"
        data-testid={`edit-cluster-${id}`}
        onClick={() => {
          onOpen('edit');
        }}
      >
        Edit{label}
      </Button>
      <Button
        small
        icon="lock"
        data-testid={`replace-credential-${id}`}
        onClick={() => {
          onOpen('credential');
        }}
      >
        Credential{label}
      </Button>
      <span className={styles['gap']} />
      <Button
        small
        variant="quiet"
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

function foundText(scan: InfraScanData): string {
  const found = Object.entries(scan.infra_services).filter(([, result]) => result.found);
  return found.length === 0 ? 'Nothing found' : found.map(([type]) => type).join(', ');
}
