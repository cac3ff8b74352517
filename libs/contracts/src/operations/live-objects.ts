import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { stackErrors } from '../deployer/errors.ts';
import type { ErrorDefinition } from '../domain-error.ts';
import { composeService, kubernetesName, stackId, timestamp } from '../fields.ts';
import { liveErrors } from './stack-tree.ts';

export const objectErrors = {
  OBJECT_NOT_FOUND: { kind: 'not-found', summary: 'The stack has no object of this kind and name.' },
} as const satisfies Record<string, ErrorDefinition>;

/** Kind of an object, in whatever case. */
const kind = z
  .string()
  .max(63)
  .regex(/^[A-Za-z][A-Za-z0-9]*$/, 'a kind has letters and digits');
/** A key of a ConfigMap or a Secret. */
const configKey = z
  .string()
  .max(253)
  .regex(/^[-._a-zA-Z0-9]+$/, 'a key has letters, digits, "-", "_" and "."');

const keyInfo = z.object({ key: z.string(), bytes: z.int() });

export const liveObject = z
  .object({
    id: z.string().describe('`Kind/namespace/name`'),
    yaml: z.string().describe('Without managed fields; values of Secrets and what is known to be secret masked'),
    object: z.record(z.string(), z.unknown()).describe('The same as JSON'),
    managers: z.array(
      z.object({
        manager: z.string(),
        operation: z.string(),
        subresource: z.string(),
        at: timestamp.nullable(),
      }),
    ),
    keys: z.array(keyInfo).describe('Of a ConfigMap or a Secret'),
  })
  .meta({ id: 'LiveObject' });

export const getLiveObject = defineOperation({
  service: 'operations',
  name: 'get-live-object',
  summary: 'One object of a stack as it is in the cluster, as YAML, without what is secret in it',
  http: { method: 'GET', path: '/api/stacks/:stack_id/objects/:kind/:name', cost: 'outbound' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'stack' },
  audit: 'none',
  deadlineMs: 20_000,
  input: z.strictObject({ stack_id: stackId, kind, name: kubernetesName }),
  output: liveObject,
  errors: { ...liveErrors, ...objectErrors },
});

export const listConfig = defineOperation({
  service: 'operations',
  name: 'list-config',
  summary: 'ConfigMaps and Secrets of a service with their keys, without values',
  http: { method: 'GET', path: '/api/stacks/:stack_id/services/:service/config', cost: 'outbound' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'stack' },
  audit: 'none',
  deadlineMs: 20_000,
  input: z.strictObject({ stack_id: stackId, service: composeService }),
  output: z.object({
    config: z.array(
      z.object({
        kind: z.enum(['ConfigMap', 'Secret']),
        name: z.string(),
        exists: z.boolean(),
        keys: z.array(keyInfo),
      }),
    ),
  }),
  errors: { ...liveErrors, SERVICE_NOT_DEPLOYED: stackErrors.SERVICE_NOT_DEPLOYED },
});

export const revealSecretKey = defineOperation({
  service: 'operations',
  name: 'reveal-secret-key',
  summary: 'The value of one key of one Secret of a stack; that it was asked for is in the audit before it is shown',
  http: { method: 'POST', path: '/api/stacks/:stack_id/secrets/:name/reveal', cost: 'outbound' },
  callers: ['gateway'],
  access: { role: 'deployer', scope: 'stack' },
  audit: 'secret.revealed',
  sealed: ['answer'],
  deadlineMs: 20_000,
  input: z.strictObject({ stack_id: stackId, name: kubernetesName, key: configKey }),
  output: z.object({
    value: z.string(),
    encoding: z.enum(['text', 'base64']).describe('`base64` where the value is no text'),
  }),
  errors: { ...liveErrors, ...objectErrors },
});

export type LiveObjectData = z.infer<typeof liveObject>;
