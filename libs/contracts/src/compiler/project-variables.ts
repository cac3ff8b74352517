import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { clusterErrors } from '../cluster/errors.ts';
import { clusterId, composeService, infraOf, namespace, projectName } from '../fields.ts';
import { environmentProblem, valueCandidate, valueSource } from './environment.ts';
import { serviceErrors, workErrors } from './errors.ts';
import { projectErrors } from './project.ts';
import { valueLayers, valueMarks } from './value-layers.ts';

export const projectVariable = z
  .object({
    name: z.string(),
    value: z.string().nullable().describe('What would be used; null when unset, secret, or not one value'),
    source: z.enum([...valueSource.options, 'none']),
    reason: z.string().nullable().describe('For people: where the value comes from, or why there is not one'),
    is_secret: z.boolean(),
    secret_reason: z.string().nullable(),
    secret_override: z.boolean().nullable().describe('What a user has said; null when the detector decides'),
    is_set: z.boolean(),
    is_required: z.boolean().describe('A selected service refers to it, and the file has no default for it'),
    required_message: z.string().nullable().describe('What the file says to who gives no value: `${X:?message}`'),
    weak: z.string().nullable().describe('Why the secret is easily guessed'),
    uses: z
      .array(
        z.object({
          file: z.string().nullable(),
          line: z.int().nullable(),
          column: z.int().nullable(),
          path: z.string(),
          service: z.string().nullable(),
        }),
      )
      .describe('Every `${NAME}`, in whichever line of whichever file'),
    containers: z.array(z.string()).describe('Services whose container has an environment variable of this name'),
    candidates: z.array(valueCandidate).describe('Every value it could have, the winner first'),
  })
  .meta({ id: 'ProjectVariable' });

export const projectVariables = defineOperation({
  service: 'compiler',
  name: 'project-variables',
  summary: 'Every variable of a project, once: its value, where that comes from, and each place that it fills',
  http: { method: 'POST', path: '/api/projects/:project/variables', cost: 'compile' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'project' },
  audit: 'none',
  sealed: ['request'],
  deadlineMs: 20_000,
  input: z.strictObject({
    project: projectName,
    cluster_id: clusterId.optional().describe('Without one there are neither scans nor saved values'),
    namespace: namespace.optional().describe('The cluster’s default namespace unless given'),
    profiles: z.array(z.string().min(1).max(200)).max(100).optional(),
    services: z
      .array(composeService)
      .min(1)
      .max(500)
      .optional()
      .describe('All that are active with these profiles, unless given'),
    infra_of: infraOf,
    ...valueLayers,
    ...valueMarks,
  }),
  output: z
    .object({
      variables: z.array(projectVariable),
      unresolved: z.array(z.string()).describe('Required ones without a value: a deployment would be refused'),
      problems: z.array(environmentProblem),
    })
    .meta({ id: 'ProjectVariables' }),
  errors: { ...projectErrors, ...serviceErrors, ...workErrors, ...clusterErrors },
});

export type ProjectVariableData = z.infer<typeof projectVariable>;
