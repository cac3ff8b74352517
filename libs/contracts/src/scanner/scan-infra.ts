import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { clusterId, namespace } from '../fields.ts';
import { infraScan } from './scan.ts';

export const scanInfra = defineOperation({
  service: 'scanner',
  name: 'scan-infra',
  summary: 'Look for databases, caches and queues in a namespace and keep the result',
  http: { method: 'POST', path: '/api/kubernetes/:cluster_id/scan-infra' },
  deadlineMs: 60_000,
  input: z.strictObject({ cluster_id: clusterId, namespace: namespace.optional() }),
  output: infraScan,
  errors: {
    ...clusterAccessErrors,
    SCAN_FAILED: { kind: 'unavailable', status: 424, summary: 'The scan failed; the last good result is kept.' },
  },
});
