import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { clusterId } from '../fields.ts';
import { infraScan } from './scan.ts';

export const listScans = defineOperation({
  service: 'scanner',
  name: 'list-scans',
  summary: 'Kept scan results, of one cluster or of all; beyond 100, types that were not found are left out',
  http: { method: 'GET', path: '/api/kubernetes/infra-scans' },
  callers: ['gateway', 'compiler'],
  access: { role: 'viewer', scope: 'installation', listed: 'whole' },
  audit: 'none',
  input: z.strictObject({ cluster_id: clusterId.optional() }),
  output: z.array(infraScan),
  errors: {},
});
