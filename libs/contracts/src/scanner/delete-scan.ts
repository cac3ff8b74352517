import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { clusterId, namespace } from '../fields.ts';

export const deleteScan = defineOperation({
  service: 'scanner',
  name: 'delete-scan',
  summary: 'Forget the kept scan of a namespace',
  http: { method: 'DELETE', path: '/api/kubernetes/:cluster_id/scan-infra/:namespace' },
  callers: ['gateway'],
  access: { role: 'deployer', scope: 'cluster' },
  audit: 'scan.removed',
  input: z.strictObject({ cluster_id: clusterId, namespace }),
  output: z.object({ cluster_id: clusterId, namespace: z.string(), message: z.string() }),
  errors: { SCAN_NOT_FOUND: { kind: 'not-found', summary: 'No scan of this namespace is kept.' } },
});
