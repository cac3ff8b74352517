import { z } from 'zod';
import { clusterStatus } from '../cluster/cluster.ts';
import { clusterPolicies } from '../cluster/policies.ts';
import { defineEvent } from '../define-event.ts';
import { clusterId } from '../fields.ts';

export const clusterRegistered = defineEvent({
  name: 'cluster.registered',
  delivery: 'live',
  summary: 'A cluster was registered',
  publisher: 'cluster',
  listeners: [],
  data: z.object({ cluster_id: clusterId, name: z.string() }),
});

export const clusterRemoved = defineEvent({
  name: 'cluster.removed',
  delivery: 'live',
  summary: 'A cluster was removed; who caches anything of it forgets it',
  publisher: 'cluster',
  listeners: ['compiler', 'scanner', 'deployer', 'operations', 'notifier'],
  data: z.object({ cluster_id: clusterId }),
});

export const clusterStatusChanged = defineEvent({
  name: 'cluster.status-changed',
  delivery: 'live',
  summary: 'A cluster’s status is another than before',
  publisher: 'cluster',
  listeners: ['notifier'],
  data: z.object({ cluster_id: clusterId, status: clusterStatus, reason: z.string().nullable() }),
});

export const clusterPoliciesChanged = defineEvent({
  name: 'cluster.policies-changed',
  delivery: 'live',
  summary: 'What may be done in a cluster is another than before; who does what is refused now ends it',
  publisher: 'cluster',
  listeners: ['operations'],
  data: z.object({ cluster_id: clusterId, policies: clusterPolicies }),
});
