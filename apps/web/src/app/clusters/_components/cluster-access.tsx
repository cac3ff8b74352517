'use client';

import type { ClusterData, operations, OutputOf } from '@ushadow/contracts';
import { useQuery } from '../../../api/use-query.ts';
import { Badge } from '../../../ui/badge.tsx';
import { CodeBlock } from '../../../ui/code.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Notice } from '../../../ui/notice.tsx';
import styles from './card-details.module.css';
import { CardDetails } from './card-details.tsx';

/** What the stored credential may do, feature by feature, with the YAML that closes each gap. */
export function ClusterAccess({ cluster }: { readonly cluster: ClusterData }) {
  return (
    <CardDetails summary="Access" testId={`access-${cluster.cluster_id}`}>
      {() => <Permissions clusterId={cluster.cluster_id} />}
    </CardDetails>
  );
}

function Permissions({ clusterId }: { readonly clusterId: string }) {
  const { data, error, reload } = useQuery('checkPermissions', { cluster_id: clusterId });
  if (error !== undefined) return <ErrorNotice error={error} onRetry={reload} />;
  if (data === undefined) return <p role="status">Asking the cluster…</p>;
  return (
    <>
      <p className={styles['muted']}>
        {data.identity === null ? 'The cluster does not say who we are' : `The cluster knows us as ${data.identity}`}
        {`; in namespace ${data.namespace}:`}
      </p>
      {data.cluster_admin ? (
        <Notice tone="warn" title="This credential may do everything in the cluster">
          <p>Replace it with an account of its own: the commands are behind “Credential”.</p>
        </Notice>
      ) : null}
      <ul className={styles['list']}>
        {data.features.map((feature) => (
          <FeatureEntry key={feature.feature} feature={feature} />
        ))}
      </ul>
    </>
  );
}

type Feature = OutputOf<typeof operations.checkPermissions>['features'][number];

function FeatureEntry({ feature }: { readonly feature: Feature }) {
  const { title, available, optional, missing, yaml } = feature;
  return (
    <li data-testid={`feature-${feature.feature}`}>
      <div className={styles['line']}>
        <span>{title}</span>
        {available ? (
          <Badge tone="ok" icon="check">
            Works
          </Badge>
        ) : (
          <Badge tone={optional ? 'neutral' : 'warn'} icon={optional ? 'minus' : 'alert'}>
            {optional ? 'Not allowed' : 'Incomplete'}
          </Badge>
        )}
      </div>
      {available ? null : (
        <>
          <p className={styles['muted']}>
            Missing: {missing.map(({ resource, verbs }) => `${resource} (${verbs.join(', ')})`).join('; ')}
          </p>
          {yaml === null ? null : (
            <details>
              <summary>Roles that allow it</summary>
              <CodeBlock text={yaml} label={`roles for: ${title}`} />
            </details>
          )}
        </>
      )}
    </li>
  );
}
