import { z } from 'zod';
import { valueSource } from '../compiler/environment.ts';
import { deploymentSpec } from '../compiler/deployment-spec.ts';
import { deploymentId, stackId, timestamp } from '../fields.ts';
import { target } from '../target.ts';
import { deploymentKind, deploymentStatus } from './deployment.ts';
import { driftSummary } from './drift.ts';

/** A fact about something in a cluster, with its age. */
const fact = <const States extends readonly [string, ...string[]]>(states: States) =>
  z.object({
    state: z.enum(states),
    message: z.string().nullable(),
    at: timestamp.nullable().describe('When it was looked at; null: never'),
    stale: z.boolean().describe('True when the cluster does not answer now: this is what was last seen'),
  });

/** What the cluster shows now. `absent`: the object that runs it is not there. */
export const health = fact([
  'ready',
  'progressing',
  'failed',
  'stopped',
  'completed',
  'absent',
  'unknown',
] as const).meta({ id: 'Health' });
/** Whether what is live is what the last good revision wants. */
export const sync = fact(['in-sync', 'out-of-sync', 'unknown'] as const).meta({ id: 'Sync' });

export const lastDeployment = z
  .object({
    deployment_id: deploymentId,
    revision: z.int(),
    kind: deploymentKind,
    status: deploymentStatus,
    code: z.string().nullable(),
    reason: z.string().nullable(),
    at: timestamp,
  })
  .meta({ id: 'LastDeployment' });

export const address = z
  .object({
    via: z.enum(['ingress', 'route', 'load-balancer', 'node-port', 'port-forward']),
    url: z.string().nullable().describe('To open in a browser, where that is known'),
    text: z.string().describe('For people: the address, or the command that makes one'),
    port: z.int().nullable().describe('The published port'),
    ready: z.boolean().describe('False while nothing has given it an address'),
  })
  .meta({ id: 'Address' });

/** What was asked for in place of what the file says. */
export const override = z
  .object({
    service: z.string(),
    key: z.enum(['replicas', 'image', 'probe', 'field']),
    value: z.union([z.string(), z.number()]).nullable().describe('Of a field: JSON; null where nothing is to be there'),
    file_value: z.union([z.string(), z.number()]).nullable().describe('What the file said then'),
    object: z.string().optional().describe('Of a field: `Kind/namespace/name`'),
    path: z.array(z.string()).optional().describe('Of a field: the steps to it; an item of a list is `[name=web]`'),
    name: z.string().optional().describe('How it is named to be dropped'),
  })
  .meta({ id: 'Override' });

export const stackService = z
  .object({
    service: z.string(),
    service_id: z.string(),
    image: z.string().nullable(),
    health,
    sync,
    deployment: lastDeployment.nullable(),
    ready: z.int().nullable().describe('Pods that are ready'),
    wanted: z.int().nullable().describe('Pods that are wanted'),
    addresses: z.array(address),
    inside: z
      .array(z.string())
      .describe('URLs for what runs in the same cluster: one for each TCP port of its Service'),
    objects: z.array(z.string()).describe('`Kind/namespace/name` of what it wants'),
    digest: z.string().describe('Keyed digest of its content in the last good revision'),
    overrides: z.array(override),
  })
  .meta({ id: 'StackService' });

export const stackSummary = z
  .object({
    stack_id: stackId,
    target,
    namespace: z.string(),
    project: z.string(),
    revision: z.int().nullable().describe('The last good one'),
    health,
    services_ready: z.int(),
    services: z.int(),
    address: address.nullable().describe('Where to go first'),
    deployment: lastDeployment.nullable(),
    drift: driftSummary,
    claims: z.int().describe('PersistentVolumeClaims it has; a stack stays listed while it has some'),
    created_at: timestamp,
  })
  .meta({ id: 'StackSummary' });

/** The configuration that the next deployment starts from. Values of secrets are not in it. */
export const stackConfiguration = z
  .object({
    profiles: z.array(z.string()),
    infra_of: z.array(z.string()).describe('Projects whose infrastructure counts when a scan has found it'),
    specs: z.record(z.string(), deploymentSpec),
    variables: z.array(
      z.object({
        name: z.string(),
        service: z.string().nullable().describe('The one it is for; null: all'),
        source: valueSource,
        is_secret: z.boolean(),
        value: z.string().nullable().describe('null when secret'),
      }),
    ),
    overrides: z.array(override),
    content_digest: z.string().nullable().describe('Of the files it was made from'),
  })
  .meta({ id: 'StackConfiguration' });

export const stack = stackSummary
  .omit({ services: true })
  .extend({
    services: z.array(stackService),
    manifests: z
      .object({
        revision: z.int(),
        at: timestamp,
        problem: z.string().nullable().describe('Why they could not all be written'),
      })
      .nullable()
      .describe('Of which revision they were last written to the operator’s folder; null where there is none'),
    sync,
    volumes: z.array(z.object({ claim: z.string(), size: z.string().nullable(), bound: z.boolean().nullable() })),
    configuration: stackConfiguration,
  })
  .meta({ id: 'Stack' });

export type StackData = z.infer<typeof stack>;
export type StackSummaryData = z.infer<typeof stackSummary>;
export type StackServiceData = z.infer<typeof stackService>;
export type AddressData = z.infer<typeof address>;
export type OverrideData = z.infer<typeof override>;
