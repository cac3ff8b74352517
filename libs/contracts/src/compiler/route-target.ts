import { z } from 'zod';
import { kubernetesName, namespace } from '../fields.ts';

/** Who issues certificates by cert-manager. */
export const certificateIssuer = z.strictObject({
  kind: z.enum(['ClusterIssuer', 'Issuer']),
  name: kubernetesName,
});

const gatewayListener = z.object({
  name: z.string().max(253),
  protocol: z.string().max(255),
  port: z.int().min(1).max(65_535),
  hostname: z.string().max(253).optional(),
});

/** How a cluster takes requests from outside: by Ingresses of a class, or by HTTPRoutes of a Gateway. */
export const routeTarget = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ingress'),
    class_name: kubernetesName.optional().describe('Unless given, the default class of the cluster'),
    controller: z.string().max(253).optional(),
    issuer: certificateIssuer.optional(),
  }),
  z.object({
    kind: z.literal('gateway'),
    name: kubernetesName,
    namespace,
    listeners: z
      .array(gatewayListener)
      .max(64)
      .optional()
      .describe('Those that take routes of the namespace; unless given, not known'),
    stream_kinds: z
      .array(z.enum(['TCPRoute', 'TLSRoute', 'UDPRoute']))
      .max(3)
      .optional()
      .describe('Routes for what is no HTTP that the cluster knows'),
    listener_sets: z.boolean().describe('The Gateway takes ListenerSets of the namespace'),
    issuer: certificateIssuer.optional(),
  }),
]);

export type RouteTargetData = z.infer<typeof routeTarget>;
