import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { serviceId } from '../fields.ts';

export const listInfraServices = defineOperation({
  service: 'compiler',
  name: 'list-infra-services',
  summary: 'Catalog services that are infrastructure: databases, caches, queues',
  http: { method: 'GET', path: '/api/kubernetes/services/infra' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'installation' },
  audit: 'none',
  input: z.strictObject({}),
  output: z.object({
    services: z.array(
      z.object({
        service_id: serviceId,
        service_name: z.string(),
        display_name: z.string(),
        type: z.string(),
        image: z.string().nullable(),
      }),
    ),
  }),
  errors: {},
});
