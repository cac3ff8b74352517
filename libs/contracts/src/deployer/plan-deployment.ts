import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { compileErrors } from '../compiler/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { clusterId } from '../fields.ts';
import { deployRequestFields } from './deploy-request.ts';
import { plan } from './plan.ts';

export const planDeployment = defineOperation({
  service: 'deployer',
  name: 'plan-deployment',
  summary:
    'Ask the cluster what a deployment would do, and keep the answer; a deployment of this plan does exactly that',
  http: { method: 'POST', path: '/api/kubernetes/:cluster_id/plan', status: 201 },
  deadlineMs: 60_000,
  input: z.strictObject({ cluster_id: clusterId, ...deployRequestFields }),
  output: plan,
  errors: { ...compileErrors, ...clusterAccessErrors },
});
