import { clusterId, kubernetesName, namespace } from '../fields.ts';

/** Names a service in a namespace of a cluster. */
export const servicePlace = {
  cluster_id: clusterId,
  service_name: kubernetesName,
  namespace: namespace.optional().describe('The cluster’s default namespace unless given'),
} as const;
