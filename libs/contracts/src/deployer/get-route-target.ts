import { z } from 'zod';
import { clusterErrors } from '../cluster/errors.ts';
import { routeTarget } from '../compiler/route-target.ts';
import { defineOperation } from '../define-operation.ts';
import { clusterId, namespace } from '../fields.ts';

export const getRouteTarget = defineOperation({
  service: 'deployer',
  name: 'get-route-target',
  summary: 'How a cluster takes requests to a namespace from outside, by its settings and by what it has',
  callers: ['compiler'],
  access: { role: 'service', scope: 'installation' },
  audit: 'none',
  input: z.strictObject({ cluster_id: clusterId, namespace }),
  output: z.object({
    routes: routeTarget.nullable().describe('null: by nothing that is known; Ingresses are made'),
  }),
  errors: clusterErrors,
});
