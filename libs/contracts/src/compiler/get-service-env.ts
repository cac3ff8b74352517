import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { clusterErrors } from '../cluster/errors.ts';
import { clusterId, namespace, serviceId } from '../fields.ts';
import { serviceEnvironment } from './environment.ts';
import { serviceErrors, workErrors } from './errors.ts';

export const getServiceEnv = defineOperation({
  service: 'compiler',
  name: 'get-service-env',
  summary: 'The environment of a service in a place: each variable’s value, its source and every other candidate',
  http: { method: 'GET', path: '/api/kubernetes/services/:service_id/env' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'project' },
  audit: 'none',
  input: z.strictObject({
    service_id: serviceId,
    cluster_id: clusterId.optional().describe('Without one there are neither scans nor saved values'),
    namespace: namespace.optional().describe('The cluster’s default namespace unless given'),
  }),
  output: serviceEnvironment,
  errors: { ...serviceErrors, ...workErrors, ...clusterErrors },
});
