import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { stackId } from '../fields.ts';
import { drift } from './drift.ts';
import { jobErrors, stackErrors } from './errors.ts';

export const checkDrift = defineOperation({
  service: 'deployer',
  name: 'check-drift',
  summary: 'Compare a stack with its last good content now, and keep what is found; nothing is written to the cluster',
  http: { method: 'POST', path: '/api/stacks/:stack_id/drift/check', cost: 'outbound' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'stack' },
  audit: 'none',
  deadlineMs: 30_000,
  input: z.strictObject({ stack_id: stackId }),
  output: drift,
  errors: { ...clusterAccessErrors, ...stackErrors, ...jobErrors },
});
