import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { serviceId } from '../fields.ts';
import { serviceErrors } from './errors.ts';

export const environmentVariable = z
  .object({
    name: z.string(),
    value: z.string().nullable().describe('null when unset, or when secret'),
    is_secret: z.boolean(),
    secret_reason: z.string().nullable(),
    is_set: z.boolean(),
    is_required: z.boolean(),
    source: z.enum(['compose', 'none']).describe('Where the value comes from'),
  })
  .meta({ id: 'EnvironmentVariable' });

export const getServiceEnv = defineOperation({
  service: 'compiler',
  name: 'get-service-env',
  summary: 'The environment variables a service declares; secret values are masked',
  http: { method: 'GET', path: '/api/kubernetes/services/:service_id/env' },
  input: z.strictObject({ service_id: serviceId }),
  output: z.object({ service_id: serviceId, variables: z.array(environmentVariable) }),
  errors: serviceErrors,
});
