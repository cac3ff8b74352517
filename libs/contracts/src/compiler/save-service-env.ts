import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { clusterErrors } from '../cluster/errors.ts';
import { clusterId, namespace, serviceId } from '../fields.ts';
import { serviceEnvironment, settingPath, variableName, variableValue } from './environment.ts';
import { serviceErrors, workErrors } from './errors.ts';

export const saveServiceEnv = defineOperation({
  service: 'compiler',
  name: 'save-service-env',
  summary: 'Keep values, mappings to settings and secret marks of a service in a place; only what is named changes',
  http: { method: 'PUT', path: '/api/kubernetes/services/:service_id/env' },
  callers: ['gateway'],
  access: { role: 'deployer', scope: 'project' },
  audit: 'values.saved',
  sealed: ['request'],
  input: z.strictObject({
    service_id: serviceId,
    cluster_id: clusterId,
    namespace: namespace.optional().describe('The cluster’s default namespace unless given'),
    set: z
      .record(
        variableName,
        z.union([z.strictObject({ value: variableValue }), z.strictObject({ setting: settingPath })]),
      )
      .optional()
      .describe('A value, or a reference to a setting that is read when deploying'),
    reset: z.array(variableName).max(1000).optional().describe('Forget value, mapping and mark of these'),
    secrets: z
      .record(variableName, z.boolean().nullable())
      .optional()
      .describe('Keep the variable in the Secret or not; null leaves it to the detector'),
  }),
  output: serviceEnvironment,
  errors: {
    ...serviceErrors,
    ...workErrors,
    ...clusterErrors,
    SETTING_NOT_FOUND: { kind: 'not-found', summary: 'No setting has this path.' },
  },
});
