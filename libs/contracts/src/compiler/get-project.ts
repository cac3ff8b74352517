import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { projectName } from '../fields.ts';
import { availableService } from './list-services.ts';
import { project, projectErrors, projectService } from './project.ts';

export const getProject = defineOperation({
  service: 'compiler',
  name: 'get-project',
  summary: 'A Compose project with everything that is known of its services',
  http: { method: 'GET', path: '/api/projects/:project' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'project' },
  audit: 'none',
  input: z.strictObject({ project: projectName }),
  output: project
    .extend({ services: z.array(availableService.extend(projectService.shape)) })
    .meta({ id: 'ProjectDetail' }),
  errors: projectErrors,
});
