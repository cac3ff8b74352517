'use client';

import type { ClusterData } from '@ushadow/contracts';
import { api } from '../../../api/client.ts';
import { useAction } from '../../../api/use-action.ts';
import { Chip, Chips } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { absoluteTime, timeUntil } from '../../../ui/format.ts';
import { Notice } from '../../../ui/notice.tsx';
import { TimeAgo } from '../../../ui/time-ago.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { refusedText } from '../_policies/policy-text.ts';
import { routingTexts } from '../_routing/routing-text.ts';
import styles from './cluster-card.module.css';
import { ClusterStatus } from './cluster-text.tsx';

interface ClusterFactsProps {
  readonly cluster: ClusterData;
  /** Names of other registrations of the same API server. */
  readonly sameAs: readonly string[];
  readonly onChange: (news: string) => void;
}

/** What is known of a cluster, and since when. */
export function ClusterFacts({ cluster, sameAs, onChange }: ClusterFactsProps) {
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
      <RoutingFacts cluster={cluster} />
      <PolicyFacts cluster={cluster} />
      {sameAs.length === 0 ? null : (
        <p className={styles['muted']} data-testid={`same-as-${cluster.cluster_id}`}>
          The same cluster as {sameAs.join(', ')}
        </p>
      )}
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
          variant="quiet"
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

/** How it takes requests from outside, where somebody has said so. */
function RoutingFacts({ cluster }: { readonly cluster: ClusterData }) {
  const { gateway, ingressClass, issuer } = routingTexts(cluster.routing);
  if (gateway === '' && ingressClass === '' && issuer === '') return null;
  return (
    <p className={styles['facts']} data-testid={`routing-${cluster.cluster_id}`}>
      {gateway === '' ? null : <span>Gateway: {gateway}</span>}
      {ingressClass === '' ? null : <span>Ingress class: {ingressClass}</span>}
      {issuer === '' ? null : <span>certificates: {issuer}</span>}
    </p>
  );
}

/** What may not be done in it, where somebody has said so. */
function PolicyFacts({ cluster }: { readonly cluster: ClusterData }) {
  const text = refusedText(cluster.policies);
  if (text === '') return null;
  return (
    <p className={styles['facts']} data-testid={`policies-${cluster.cluster_id}`}>
      <span>{text}</span>
    </p>
  );
}

function nodesText(count: number | null): string {
  if (count === null) return 'nodes not visible';
  return count === 1 ? '1 node' : `${String(count)} nodes`;
}

const SOON_MS = 24 * 60 * 60 * 1000;

/** When the stored credentials stop working; it stands out when that is within a day. */
function CredentialExpiry({ at }: { readonly at: string }) {
  const now = useNow(30_000);
  const left = Date.parse(at) - now;
  return (
    <p className={left < SOON_MS ? styles['soon'] : styles['later']}>
      Credentials {left <= 0 ? 'expired' : 'expire'}{' '}
      <time dateTime={at} title={absoluteTime(at)}>
        {timeUntil(at, now)}
      </time>
      {left < SOON_MS ? '. Replace them with some that last.' : null}
    </p>
  );
}
