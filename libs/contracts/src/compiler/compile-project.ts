import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { diagnostic } from '../diagnostic.ts';
import { clusterId, composeService, infraOf, namespace, podSecurityLevel, projectName } from '../fields.ts';
import { deploymentSpec } from './deployment-spec.ts';
import { usedVariable, valueSource } from './environment.ts';
import { compileErrors } from './errors.ts';
import { projectErrors } from './project.ts';
import { routeTarget } from './route-target.ts';
import { valueLayers, valueMarks } from './value-layers.ts';

export const compiledService = z.object({
  service: z.string(),
  service_id: z.string(),
  object_name: z.string().describe('Its `app.kubernetes.io/name`'),
  image: z.string().nullable(),
  depends_on: z.array(
    z.object({ service: z.string(), condition: z.enum(['started', 'ready', 'completed']), required: z.boolean() }),
  ),
  published: z.array(
    z.object({ port: z.int().describe('Of the container'), published: z.int().nullable(), protocol: z.string() }),
  ),
  one_shot: z.boolean().describe('It runs to its end, as a Job'),
  pod_security: podSecurityLevel.describe('The strictest Pod Security level of a namespace that takes its pods'),
});

const objectIdentity = z.object({
  group: z.string().describe('Empty for the core group'),
  version: z.string(),
  kind: z.string(),
  name: z.string(),
  namespace: z.string().optional(),
});

/** What a project is made of. An object is a Kubernetes object, as it is to be applied. */
export const projectContent = z.object({
  objects: z
    .array(z.object({ object: z.record(z.string(), z.unknown()), services: z.array(z.string()) }))
    .describe('Of the whole project, with the services that want each; a namespace belongs to none'),
  dependencies: z.array(
    z.object({ from: objectIdentity, to: objectIdentity, condition: z.enum(['started', 'ready', 'completed']) }),
  ),
  sourceMap: z.array(
    z.object({
      object: objectIdentity,
      pointer: z.string(),
      path: z.string(),
      position: z.object({ file: z.string(), line: z.int(), column: z.int() }).optional(),
    }),
  ),
  environment: z.record(z.string(), z.array(usedVariable)).describe('By selected service'),
  values: z.record(z.string(), z.object({ source: valueSource })).describe('By variable: where its value came from'),
  claims: z
    .record(z.string(), z.string())
    .describe('By volume and bound folder: its claim, with the folder of it after a slash where it has one'),
  masks: z
    .array(z.string())
    .describe(
      'Secret values that stand in other objects than Secrets, such as a command: to be masked where those are shown',
    ),
});

export const compileProject = defineOperation({
  service: 'compiler',
  name: 'compile-project',
  summary: 'Compile a whole project to Kubernetes objects with their services, for the asking service alone',
  callers: ['deployer'],
  access: { role: 'service', scope: 'project' },
  audit: 'none',
  sealed: ['request', 'answer'],
  deadlineMs: 30_000,
  input: z.strictObject({
    project: projectName,
    cluster_id: clusterId,
    namespace,
    services: z
      .array(composeService)
      .min(1)
      .max(500)
      .optional()
      .describe('All that are active with these profiles, unless given'),
    profiles: z.array(z.string().min(1).max(200)).max(100).optional(),
    infra_of: infraOf,
    claims: z
      .record(z.string().max(4096), z.string().max(4096))
      .optional()
      .describe('By volume and bound folder: where it is, as an earlier answer said; there it stays'),
    with_dependencies: z.boolean().optional().describe('Selects what the services depend on along with them'),
    specs: z.record(composeService, deploymentSpec).optional(),
    node_names: z.record(composeService, z.string().max(253)).optional(),
    ...valueLayers,
    ...valueMarks,
    allow_unresolved: z
      .boolean()
      .optional()
      .describe('Go on although required variables have no value; they are left out, or empty where the file says so'),
    kube_version: z
      .string()
      .max(100)
      .optional()
      .describe('What the cluster runs, as it says: `v1.36.2`; unless given, the newest known'),
    routes: routeTarget.optional().describe('How the cluster takes requests from outside; unless given, by Ingresses'),
    pull_secrets: z.array(z.string().max(253)).max(100).optional().describe('Secrets that pods pull their images with'),
  }),
  output: z.object({
    project: z.string(),
    name: z.string().describe('Name of the Compose project'),
    digest: z.string(),
    selected: z.array(z.string()).describe('Services that were selected, with dependencies when asked'),
    all: z.array(z.string()).describe('Every service in the files, of any profile'),
    services: z.array(compiledService).describe('Of all services'),
    content: projectContent,
    diagnostics: z.array(diagnostic).describe('Of the selected services and of the project as a whole'),
  }),
  errors: { ...compileErrors, ...projectErrors },
});

export type CompiledServiceData = z.infer<typeof compiledService>;
export type ProjectContentData = z.infer<typeof projectContent>;
