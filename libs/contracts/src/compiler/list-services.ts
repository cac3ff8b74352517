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
    requires: z.array(z.string()).describe('Capabilities it needs'),
    optional: z.array(z.string()).describe('Capabilities it uses when they are there'),
    provides: z.string().nullable().describe('The capability it offers'),
    tags: z.array(z.string()),
    environments: z.array(z.string()),
    exposes: z.array(
      z.object({ name: z.string(), type: z.string(), path: z.string().nullable(), port: z.int().nullable() }),
    ),
    route_path: z.string().nullable(),
    infra_services: z.array(z.string()).describe('Infrastructure that its file expects from elsewhere'),
    namespace: z.string().nullable(),
    file: z.string(),
    origin: z.enum(['directory', 'upload']),
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
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'installation' },
  audit: 'none',
  input: z.strictObject({}),
  output: z.object({ services: z.array(availableService), problems: z.array(catalogProblem) }),
  errors: {},
});
