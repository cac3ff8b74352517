import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { deploymentId } from '../fields.ts';
import { deploymentErrors, jobErrors, planErrors, stackErrors } from './errors.ts';
import { jobFields, stackJob } from './stack-job.ts';

export const rollbackDeployment = defineOperation({
  ...stackJob,
  name: 'rollback-deployment',
  summary: 'Undo a deployment: a new one brings back the last good revision before it',
  http: {
    method: 'POST',
    path: '/api/deployments/:deployment_id/rollback',
    status: 202,
    cost: 'outbound',
    repeat: 'by-key',
  },
  deadlineMs: 60_000,
  input: z.strictObject({ deployment_id: deploymentId, ...jobFields }),
  errors: { ...deploymentErrors, ...stackErrors, ...clusterAccessErrors, ...jobErrors, ...planErrors },
});
