'use client';

import type { ClusterData, InfraScanData } from '@ushadow/contracts';
import { useId, useState } from 'react';
import { api } from '../../../api/client.ts';
import { useAction } from '../../../api/use-action.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Field } from '../../../ui/field.tsx';
import { useScanProgress } from '../_hooks/use-scan-progress.ts';
import { ScanProgress } from './scan-progress.tsx';

const COMMON_NAMESPACES = ['default', 'ushadow', 'infra', 'infrastructure', 'databases', 'root'];

interface ScanDialogProps {
  readonly cluster: ClusterData;
  readonly onClose: () => void;
  readonly onScanned: (scan: InfraScanData) => void;
}

export function ScanDialog({ cluster, onClose, onScanned }: ScanDialogProps) {
  const [namespace, setNamespace] = useState(cluster.namespace);
  const hints = useId();
  const form = useId();
  const scan = useAction(async () => {
    onScanned(await api.scanInfra({ cluster_id: cluster.cluster_id, namespace: namespace.trim() }));
  });
  const progress = useScanProgress(cluster.cluster_id, scan.busy);
  return (
    <Dialog
      title="Select Namespace to Scan"
      description={`Looks in ${cluster.name} for databases, caches and queues that your services can use.`}
      testId="namespace-selector-modal"
      onClose={onClose}
      message={
        scan.busy ? (
          <ScanProgress progress={progress} />
        ) : scan.error === undefined ? null : (
          <ErrorNotice error={scan.error} />
        )
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            look="primary"
            busy={scan.busy}
            disabled={namespace.trim() === ''}
            data-testid="confirm-scan-btn"
          >
            {scan.busy ? 'Scanning…' : 'Scan'}
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!scan.busy) void scan.run();
        }}
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
      </form>
    </Dialog>
  );
}
