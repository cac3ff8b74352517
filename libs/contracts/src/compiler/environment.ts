import { z } from 'zod';
import { clusterId, namespace, secret, timestamp } from '../fields.ts';

/** Where a value can come from, the strongest first (R32). A project's own `.env` is an env file. */
export const valueSource = z.enum(['typed', 'shell', 'env_file', 'remembered', 'settings', 'scan', 'default']);

export const variableName = z
  .string()
  .min(1)
  .max(253)
  .regex(/^[^=\0]+$/, 'a variable name has no "="');

export const settingPath = z
  .string()
  .max(200)
  .regex(
    /^[A-Za-z0-9_][A-Za-z0-9_:-]*(\.[A-Za-z0-9_][A-Za-z0-9_:-]*)*$/,
    'a setting path is made of words separated by dots, such as api_keys.openai_api_key',
  );

const VALUE_MAX = 256 * 1024;

/** A variable's value as a user gives it. */
export const variableValue = secret(z.string().max(VALUE_MAX));

/** What a user may say about a service's environment when compiling or deploying it. */
export const environmentInput = {
  env_vars: z
    .record(variableName, variableValue)
    .optional()
    .describe('Values typed by the user, by variable of the container; they win over every other source'),
  env_secrets: z
    .record(variableName, z.boolean())
    .optional()
    .describe('Whether a variable is kept in the Secret, where the detector’s answer does not suit'),
  variables: z
    .record(variableName, variableValue)
    .optional()
    .describe('Values for `${…}` anywhere in the Compose file, over those of its `.env`'),
  allow_unresolved: z
    .boolean()
    .optional()
    .describe('Go on although required variables have no value; they are left out, or empty where the file says so'),
};

export const valueCandidate = z
  .object({
    source: valueSource,
    value: z.string().nullable().describe('null when it is secret'),
    is_secret: z.boolean(),
    reason: z.string().describe('For people: where it comes from'),
    setting_paths: z.array(z.string()),
    saved: z.boolean().describe('Typed earlier and kept for this service and place'),
    eligible: z.boolean().describe('false: only offered, such as a scan result of low confidence'),
  })
  .meta({ id: 'ValueCandidate' });

export const lastUsedValue = z.object({
  deployment_id: z.uuid(),
  time: timestamp,
  source: valueSource,
  value: z.string().nullable().describe('null when it was secret'),
  same: z.boolean().describe('The value that would be used now is the same'),
});

export const environmentVariable = z
  .object({
    name: z.string(),
    value: z.string().nullable().describe('What would be used now; null when unset, or when secret'),
    source: z.enum([...valueSource.options, 'none']).describe('Where the value comes from'),
    is_secret: z.boolean(),
    secret_reason: z.string().nullable(),
    secret_override: z.boolean().nullable().describe('What a user has said; null when the detector decides'),
    is_set: z.boolean(),
    is_required: z.boolean().describe('The file refers to a variable that has no value'),
    declared: z.boolean().describe('false: only a user’s input names it'),
    candidates: z.array(valueCandidate).describe('Every value it could have, the winner first'),
    last_used: lastUsedValue.nullable().describe('What the last deployment of this service to this place used'),
    file: z.string().nullable(),
    line: z.int().nullable(),
    column: z.int().nullable(),
  })
  .meta({ id: 'EnvironmentVariable' });

export const environmentProblem = z.object({
  code: z.string(),
  variable: z.string().nullable(),
  message: z.string(),
});

export const serviceEnvironment = z
  .object({
    service_id: z.string(),
    cluster_id: clusterId.nullable(),
    namespace: namespace.nullable(),
    variables: z.array(environmentVariable),
    unresolved: z.array(z.string()).describe('Required variables without a value: a deployment would be refused'),
    problems: z.array(environmentProblem).describe('Levels that could not be asked, mappings that lead nowhere'),
  })
  .meta({ id: 'ServiceEnvironment' });

/** One variable as it went into a deployment; `digest` is keyed, so that equal secrets can be recognised without showing them. */
export const usedVariable = z.object({
  name: z.string(),
  source: valueSource,
  setting_paths: z.array(z.string()),
  is_secret: z.boolean(),
  value: z.string().nullable().describe('null when secret'),
  digest: z.string(),
});

export type UsedVariableData = z.infer<typeof usedVariable>;
export type ServiceEnvironmentData = z.infer<typeof serviceEnvironment>;
