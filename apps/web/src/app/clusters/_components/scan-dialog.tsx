'use client';

import { type ClusterData, events, type InfraScanData } from '@ushadow/contracts';
import { useEffect, useId, useState } from 'react';
import { api } from '../../../api/client.ts';
import { useAction } from '../../../api/use-action.ts';
import { Field } from '../../../ui/field.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { progressText, type ScanProgress as Progress } from '../_scan/progress-text.ts';
import styles from './scan-dialog.module.css';

const COMMON_NAMESPACES = ['default', 'ushadow', 'infra', 'infrastructure', 'databases', 'root'];

interface ScanDialogProps {
  readonly cluster: ClusterData;
  readonly onClose: () => void;
  readonly onScanned: (scan: InfraScanData) => void;
}

export function ScanDialog({ cluster, onClose, onScanned }: ScanDialogProps) {
  const [namespace, setNamespace] = useState(cluster.namespace);
  const hints = useId();
  const scan = useAction(async () => {
    onScanned(await api.scanInfra({ cluster_id: cluster.cluster_id, namespace: namespace.trim() }));
  });
  const progress = useScanProgress(cluster.cluster_id, scan.busy);
  return (
    <FormDialog
      title="Select Namespace to Scan"
      description={`Looks in ${cluster.name} for databases, caches and queues that your services can use.`}
      testId="namespace-selector-modal"
      onClose={onClose}
      message={scan.busy ? <ScanProgress progress={progress} /> : undefined}
      action={scan}
      submit={{ label: 'Scan', busyLabel: 'Scanning…', testId: 'confirm-scan-btn' }}
      isValid={namespace.trim() !== ''}
      onSubmit={() => void scan.run()}
    >
      <Field label="Namespace">
        {(control) => (
          <>
            <input
              {...control}
              value={namespace}
              list={hints}
              data-autofocus
              data-testid="scan-namespace-input"
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => {
                setNamespace(event.target.value);
              }}
            />
            <datalist id={hints}>
              {[...new Set([cluster.namespace, ...COMMON_NAMESPACES])].map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
          </>
        )}
      </Field>
    </FormDialog>
  );
}

/** A bar and a line of text; the bar moves on its own while nobody knows how much there is. */
function ScanProgress({ progress }: { readonly progress: Progress | null }) {
  const isMeasured = progress !== null && progress.total !== null && progress.total > 0;
  return (
    <div className={styles['progress']} data-testid="scan-progress">
      <progress
        aria-label="Progress of the scan"
        {...(isMeasured ? { value: progress.scanned, max: progress.total ?? undefined } : {})}
      />
      <p role="status" className={styles['text']}>
        {progress === null ? 'Starting the scan' : progressText(progress)}
      </p>
    </div>
  );
}

/** How far the scan of a cluster is while it is watched; null until the first event. */
function useScanProgress(clusterId: string, isWatching: boolean): Progress | null {
  const [progress, setProgress] = useState<Progress | null>(null);

  useEffect(() => {
    if (!isWatching) return undefined;
    const source = new EventSource(`/api/kubernetes/${encodeURIComponent(clusterId)}/scan-infra/stream`);
    source.addEventListener('progress', (event: MessageEvent<string>) => {
      const read = events.scanProgressed.data.safeParse(JSON.parse(event.data));
      if (read.success) setProgress(read.data);
    });
    return () => {
      source.close();
      setProgress(null);
    };
  }, [clusterId, isWatching]);

  return progress;
}
