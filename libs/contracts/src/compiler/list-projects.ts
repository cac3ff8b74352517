import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { catalogProblem } from './list-services.ts';
import { project } from './project.ts';

export const listProjects = defineOperation({
  service: 'compiler',
  name: 'list-projects',
  summary: 'Compose projects with their services, and the files that could not be read',
  http: { method: 'GET', path: '/api/projects' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'installation' },
  audit: 'none',
  input: z.strictObject({}),
  output: z.object({ projects: z.array(project), problems: z.array(catalogProblem) }),
  errors: {},
});
