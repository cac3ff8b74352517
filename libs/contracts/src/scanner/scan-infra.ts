import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { clusterId, namespace } from '../fields.ts';
import { scanErrors } from './errors.ts';
import { infraScan } from './scan.ts';

export const scanInfra = defineOperation({
  service: 'scanner',
  name: 'scan-infra',
  summary: 'Look for databases, caches and queues in a namespace and keep the result',
  http: { method: 'POST', path: '/api/kubernetes/:cluster_id/scan-infra', cost: 'outbound' },
  callers: ['gateway'],
  access: { role: 'deployer', scope: 'cluster' },
  audit: 'none',
  deadlineMs: 60_000,
  input: z.strictObject({ cluster_id: clusterId, namespace: namespace.optional() }),
  output: infraScan,
  errors: scanErrors,
});
