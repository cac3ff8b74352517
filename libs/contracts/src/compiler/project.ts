import { z } from 'zod';
import { diagnostic } from '../diagnostic.ts';
import { composeService, projectName, timestamp } from '../fields.ts';
import type { ErrorDefinition } from '../domain-error.ts';

export const projectService = z
  .object({
    service: composeService,
    service_id: z.string(),
    display_name: z.string(),
    image: z.string().nullable().describe('As declared, with variables; null when the service is only built'),
    profiles: z.array(z.string()),
    active: z.boolean().describe('It belongs to no profile, so that it runs without one being switched on'),
    depends_on: z.array(z.string()),
    published: z.array(z.string()).describe('`8080:80/tcp`: port of the machine, port of the container, protocol'),
    deployable: z.boolean(),
    problem: z.string().nullable().describe('Why it cannot be deployed'),
  })
  .meta({ id: 'ProjectService' });

/** A Compose project of the catalog: everything that `up` would start. */
export const project = z
  .object({
    project: projectName.describe('First half of its services’ ids'),
    name: z.string().describe('Name of the Compose project'),
    origin: z.enum(['directory', 'upload']),
    file: z.string(),
    files: z.array(z.string()).describe('What it was loaded from, below its folder'),
    digest: z.string().describe('Over path and content of these files'),
    profiles: z.array(z.string()).describe('Every profile a service of it names'),
    services: z.array(projectService),
    diagnostics: z.array(diagnostic),
    updated_at: timestamp.nullable().describe('When it was uploaded; null for files of a directory'),
  })
  .meta({ id: 'Project' });

export const projectErrors = {
  PROJECT_NOT_FOUND: { kind: 'not-found', summary: 'The catalog has no project of this name.' },
} as const satisfies Record<string, ErrorDefinition>;

export type ProjectData = z.infer<typeof project>;
export type ProjectServiceData = z.infer<typeof projectService>;
