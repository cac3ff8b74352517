import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { clusterId, deploymentId, kubernetesName, namespace } from '../fields.ts';
import { deployment } from './deployment.ts';
import { jobErrors, serviceErrors } from './errors.ts';
import { jobFields } from './job-request.ts';

export const rollbackService = defineOperation({
  service: 'deployer',
  name: 'rollback-service',
  summary: 'Bring back a revision of a service: the one named, or the last good one before the current',
  http: { method: 'POST', path: '/api/kubernetes/:cluster_id/rollback', status: 202 },
  input: z.strictObject({
    cluster_id: clusterId,
    namespace: namespace.optional(),
    service_name: kubernetesName,
    to_deployment_id: deploymentId.optional(),
    ...jobFields,
  }),
  output: deployment,
  errors: { ...clusterAccessErrors, ...serviceErrors, ...jobErrors },
});
