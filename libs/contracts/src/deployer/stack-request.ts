import { z } from 'zod';
import { deploymentSpec } from '../compiler/deployment-spec.ts';
import { variableName, variableValue } from '../compiler/environment.ts';
import { clusterId, composeService, infraOf, namespace, projectName } from '../fields.ts';
import { deployOptionFields } from './deploy-options.ts';

const values = z.record(variableName, variableValue);

/** What is wanted of a project in a cluster: the same for a plan and for a deployment without one. */
export const stackRequestFields = {
  namespace: namespace
    .optional()
    .describe('Unless given: where the project’s only stack in the cluster is; for a new one the project’s name'),
  services: z
    .array(composeService)
    .min(1)
    .max(500)
    .optional()
    .describe('Only these services; all of the given and remembered profiles unless given'),
  profiles: z.array(z.string().min(1).max(200)).max(100).optional().describe('Profiles to switch on; remembered'),
  infra_of: infraOf,
  with_dependencies: z.boolean().optional().describe('Takes along what the services depend on'),
  specs: z
    .record(composeService, deploymentSpec)
    .optional()
    .describe('By service: how it is to run, beside what its file says; remembered, key by key'),
  variables: values
    .optional()
    .describe('Values typed now: they fill `${NAME}` everywhere and the containers that have a variable of that name'),
  shell: values.optional().describe('Values of the shell that asks; weaker than typed ones'),
  env_file: values.optional().describe('Values of an env file; weaker than the shell’s'),
  forget: z
    .array(variableName)
    .max(500)
    .optional()
    .describe('Variables whose remembered value no longer counts; what else has a value for them does again'),
  service_values: z
    .record(composeService, values)
    .optional()
    .describe('Values for the containers of one service alone; they win over every other source'),
  env_secrets: z
    .record(variableName, z.boolean())
    .optional()
    .describe('Whether a variable is kept in a Secret, where the detector’s answer does not suit'),
  allow_unresolved: z.boolean().optional().describe('Goes on although required variables have no value'),
  adopt: z
    .array(
      z
        .string()
        .max(320)
        .regex(/^[A-Za-z]+\/[a-z0-9.-]+$/, 'an object to adopt is named Kind/name'),
    )
    .max(500)
    .optional()
    .describe('Objects nobody owns that become this stack’s: `Kind/name`'),
  drop: z
    .array(z.string().min(1).max(1_500))
    .max(500)
    .optional()
    .describe('Overrides that are given up, by their names, or all of a service by its name'),
  into_existing: z
    .boolean()
    .optional()
    .describe('Yes to a namespace that exists and holds others’ objects, though it was not named'),
  ...deployOptionFields,
} as const;

/** Names a project in a cluster. */
export const projectPlace = { cluster_id: clusterId, project: projectName } as const;
