import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { diagnostic } from '../diagnostic.ts';
import { clusterId, namespace, serviceId } from '../fields.ts';
import { environmentInput, usedVariable } from './environment.ts';
import { compileErrors } from './errors.ts';
import { deploymentSpec } from './deployment-spec.ts';

export const compileService = defineOperation({
  service: 'compiler',
  name: 'compile-service',
  summary: 'Compile a service to Kubernetes objects, sealed to the asking service’s public key',
  deadlineMs: 20_000,
  input: z.strictObject({
    service_id: serviceId,
    namespace,
    k8s_spec: deploymentSpec.optional(),
    node_name: z.string().max(253).optional(),
    cluster_id: clusterId,
    ...environmentInput,
    pull_secrets: z.array(z.string().max(253)).max(100).optional().describe('Secrets that pods pull their images with'),
    recipient: z.string().min(1).describe('Public curve key (xkey)'),
  }),
  output: z.object({
    service_id: serviceId,
    service_name: z.string(),
    sealed: z.string().describe('base64; JSON `{objects, dependencies, sourceMap}`'),
    environment: z.array(usedVariable),
    diagnostics: z.array(diagnostic),
  }),
  errors: compileErrors,
});
