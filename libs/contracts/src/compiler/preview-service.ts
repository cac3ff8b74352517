import { z } from 'zod';
import { clusterErrors } from '../cluster/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { diagnostic } from '../diagnostic.ts';
import { clusterId, namespace, serviceId } from '../fields.ts';
import { environmentInput } from './environment.ts';
import { compileErrors } from './errors.ts';
import { deploymentSpec } from './deployment-spec.ts';

export const previewService = defineOperation({
  service: 'compiler',
  name: 'preview-service',
  summary: 'The manifests a service compiles to, Secret values redacted, with diagnostics and source map',
  http: { method: 'POST', path: '/api/kubernetes/services/:service_id/preview', cost: 'compile' },
  callers: ['gateway'],
  access: { role: 'deployer', scope: 'project' },
  audit: 'none',
  sealed: ['request'],
  deadlineMs: 20_000,
  input: z.strictObject({
    service_id: serviceId,
    namespace,
    k8s_spec: deploymentSpec.optional(),
    cluster_id: clusterId
      .optional()
      .describe('Values found in this cluster, or saved for it, are used; objects are checked by its version'),
    ...environmentInput,
  }),
  output: z.object({
    service_id: serviceId,
    manifests: z.array(z.object({ file: z.string(), kind: z.string(), name: z.string(), yaml: z.string() })),
    diagnostics: z.array(diagnostic),
    source_map: z.array(
      z.object({
        object: z.string().describe('`Kind/name`'),
        pointer: z.string(),
        file: z.string().nullable(),
        line: z.int().nullable(),
        column: z.int().nullable(),
      }),
    ),
  }),
  errors: { ...compileErrors, ...clusterErrors },
});
