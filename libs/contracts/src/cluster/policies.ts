import { z } from 'zod';
import { namespace } from '../fields.ts';

const NAMESPACES_MAX = 200;

const exec = z.boolean().describe('Commands and shells in containers, and copies of their files');
const portForward = z.boolean().describe('Connections to ports of pods');

const exceptions = z
  .record(namespace, z.strictObject({ exec: exec.optional(), port_forward: portForward.optional() }))
  .refine((all) => Object.keys(all).length <= NAMESPACES_MAX, `${String(NAMESPACES_MAX)} namespaces at most`)
  .describe('Where a namespace differs from its cluster');

/** What may be done with what runs in a cluster, as whoever runs the cluster says. */
export const clusterPolicies = z.object({ exec, port_forward: portForward, namespaces: exceptions });

export const clusterPolicyChanges = z
  .strictObject({
    exec: exec.optional(),
    port_forward: portForward.optional(),
    namespaces: exceptions.optional().describe('Takes the place of all exceptions; `{}` clears them'),
  })
  .describe('What may be done with what runs in the cluster; parts left out stay. What is refused from now on ends');

export type ClusterPolicies = z.infer<typeof clusterPolicies>;
export type PolicyName = 'exec' | 'port_forward';

export const DEFAULT_POLICIES: ClusterPolicies = { exec: true, port_forward: true, namespaces: {} };

/** A namespace's own word counts, else its cluster's. */
export function isAllowedIn(policies: ClusterPolicies, policy: PolicyName, inNamespace: string): boolean {
  const own = Object.hasOwn(policies.namespaces, inNamespace) ? policies.namespaces[inNamespace] : undefined;
  return own?.[policy] ?? policies[policy];
}
