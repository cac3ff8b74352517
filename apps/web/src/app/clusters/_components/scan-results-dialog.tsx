'use client';

import type { InfraScanData } from '@ushadow/contracts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FieldStack } from '../../../ui/field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { TimeAgo } from '../../../ui/time-ago.tsx';
import { ScanResultEntry } from './scan-result-entry.tsx';
import styles from './scan-results-dialog.module.css';

interface ScanResultsDialogProps {
  readonly scan: InfraScanData;
  readonly onClose: () => void;
}

export function ScanResultsDialog({ scan, onClose }: ScanResultsDialogProps) {
  const results = Object.entries(scan.infra_services);
  const found = results.filter(([, result]) => result.found);
  const missing = results.filter(([, result]) => !result.found);
  return (
    <Dialog
      title={`Infrastructure in ${scan.namespace}`}
      description={
        <>
          Scanned <TimeAgo at={scan.scanned_at} />
        </>
      }
      testId="infra-scan-results-modal"
      onClose={onClose}
      footer={
        <Button variant="primary" onClick={onClose} data-testid="close-scan-results" data-autofocus>
          Done
        </Button>
      }
    >
      <FieldStack>
        {scan.stale ? (
          <Notice tone="warn" testId="stale-scan" title="This scan is old: what it found may have moved. Scan again." />
        ) : null}
        {scan.error === null ? null : (
          <Notice tone="warn" title="The last scan failed; this is the result before it">
            <p>{scan.error}</p>
          </Notice>
        )}
        {scan.notes.map((note) => (
          <Notice key={note} tone="info" title={note} />
        ))}
        {found.length === 0 ? <p>None of the known kinds of infrastructure was found in this namespace.</p> : null}
        <ul className={styles['list']}>
          {found.map(([type, result]) => (
            <ScanResultEntry key={type} result={result} />
          ))}
        </ul>
        {missing.length === 0 ? null : (
          <p className={styles['muted']}>Not found: {missing.map(([, result]) => result.type).join(', ')}</p>
        )}
        <p className={styles['muted']}>
          {found.length === 0
            ? 'Scan another namespace if your databases live elsewhere.'
            : 'Use these addresses for the variables of a service when you deploy it to this cluster.'}
        </p>
      </FieldStack>
    </Dialog>
  );
}
