import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { clusterId, namespace } from '../fields.ts';
import { scanErrors } from './errors.ts';
import { infraScan } from './scan.ts';

export const scanNamespaces = defineOperation({
  service: 'scanner',
  name: 'scan-namespaces',
  summary:
    'Scan several namespaces at once, or all that may be seen; each has its own result or its own failure; beyond 100, types that were not found are left out',
  http: { method: 'POST', path: '/api/kubernetes/:cluster_id/scan-namespaces', cost: 'outbound' },
  callers: ['gateway'],
  access: { role: 'deployer', scope: 'cluster' },
  audit: 'none',
  deadlineMs: 60_000,
  input: z.strictObject({
    cluster_id: clusterId,
    namespaces: z.array(namespace).min(1).max(500).optional().describe('All namespaces with Services unless given'),
  }),
  output: z.object({
    scans: z.array(infraScan),
    failed: z.array(z.object({ namespace: z.string(), code: z.string(), message: z.string() })),
  }),
  errors: scanErrors,
});
