import { z } from 'zod';
import { certificateIssuer } from '../compiler/route-target.ts';
import { kubernetesName, namespace } from '../fields.ts';

const gateway = z
  .strictObject({ namespace, name: kubernetesName })
  .nullable()
  .describe('Routes hold on to this Gateway; null: to what the cluster has');
const ingressClass = kubernetesName.nullable().describe('Class of Ingresses; null: the default one of the cluster');
const issuer = certificateIssuer
  .nullable()
  .describe('Of cert-manager, for the certificates of routes; an Issuer is one of the namespace of the stack');

/** How a cluster takes requests from outside, as whoever runs it says; what is null is read from the cluster. */
export const clusterRouting = z.object({ gateway, ingress_class: ingressClass, issuer });

export const clusterRoutingChanges = z
  .strictObject({ gateway: gateway.optional(), ingress_class: ingressClass.optional(), issuer: issuer.optional() })
  .describe('How the cluster takes requests from outside; parts left out stay, null clears one');

export type ClusterRoutingData = z.infer<typeof clusterRouting>;
