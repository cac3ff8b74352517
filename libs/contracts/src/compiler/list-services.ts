import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { diagnostic } from '../diagnostic.ts';
import { serviceId } from '../fields.ts';

export const availableService = z
  .object({
    service_id: serviceId,
    service_name: z.string(),
    display_name: z.string(),
    description: z.string().nullable(),
    image: z.string().nullable().describe('As declared, with variables; null when the service is only built'),
    requires: z.array(z.string()),
    namespace: z.string().nullable(),
    file: z.string(),
    project: z.string(),
    profiles: z.array(z.string()),
    deployable: z.boolean(),
    problem: z.string().nullable().describe('Why it cannot be deployed'),
  })
  .meta({ id: 'AvailableService' });

export const catalogProblem = z
  .object({ file: z.string(), diagnostics: z.array(diagnostic) })
  .meta({ id: 'CatalogProblem' });

export const listServices = defineOperation({
  service: 'compiler',
  name: 'list-services',
  summary: 'Services that can be deployed, and the Compose files that could not be read',
  http: { method: 'GET', path: '/api/kubernetes/services/available' },
  input: z.strictObject({}),
  output: z.object({ services: z.array(availableService), problems: z.array(catalogProblem) }),
  errors: {},
});
