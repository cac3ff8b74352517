import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { kubeconfig } from './kubeconfig.ts';
import { registerCluster } from './register-cluster.ts';

const { KUBECONFIG_INVALID, KUBECONFIG_REFUSED } = registerCluster.errors;

export const inspectKubeconfig = defineOperation({
  service: 'cluster',
  name: 'inspect-kubeconfig',
  summary: 'Read a kubeconfig without storing it or contacting anything: its contexts, and what would be left out',
  http: { method: 'POST', path: '/api/kubernetes/kubeconfig/inspect' },
  callers: ['gateway'],
  access: { role: 'cluster-admin', scope: 'installation' },
  audit: 'none',
  sealed: ['request'],
  input: z.strictObject({
    kubeconfig,
    context: z.string().min(1).max(253).optional(),
  }),
  output: z.object({
    context: z.string().describe('The one that would be used'),
    contexts: z.array(z.string()),
    server: z.string(),
    namespace: z.string().nullable().describe('The context’s own namespace: a suggestion'),
    credential: z.enum(['token', 'client-certificate']),
    expires_at: z.string().nullable().describe('When token or certificate expire; null when they do not say'),
    dropped: z.array(z.string()).describe('Fields that are not taken over'),
  }),
  errors: { KUBECONFIG_INVALID, KUBECONFIG_REFUSED },
});
