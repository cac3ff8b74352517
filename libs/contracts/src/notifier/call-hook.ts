import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { deploymentId, secret, stackId } from '../fields.ts';

export const callHook = defineOperation({
  service: 'notifier',
  name: 'call-hook',
  summary:
    'Say that a new image is there: `{service, image | tag | digest}` from CI, or what Docker Hub, GHCR, Harbor and registries of the distribution send',
  http: {
    method: 'POST',
    path: '/api/hooks/:token',
    cost: 'compile',
    bodyBytesMax: 256 * 1024,
    acceptedBy: 'deployment_id',
    raw: {
      headers: ['x-hub-signature-256', 'webhook-id', 'webhook-timestamp', 'webhook-signature', 'x-github-event'],
    },
  },
  callers: ['gateway'],
  access: { role: 'token', scope: 'installation' },
  audit: 'hook.called',
  sealed: ['request'],
  deadlineMs: 90_000,
  input: z.strictObject({
    token: secret(z.string().max(500)).describe('Whoever has it may call'),
    headers: z.record(z.string(), z.string().max(2_000)).describe('Those that a signature is in'),
    body: z.string().max(400_000).describe('As it came, in base64'),
  }),
  output: z.object({
    stack_id: stackId,
    images: z.record(z.string(), z.string()).describe('By service: what it is changed to'),
    deployment_id: deploymentId.nullable().describe('With status 202; null with 200, where there is nothing to do'),
    link: z.string().nullable().describe('The page that shows the deployment'),
    message: z.string(),
  }),
  errors: {
    HOOK_REFUSED: {
      kind: 'unauthenticated',
      summary: 'The token or the signature is not right; it is not said which.',
    },
    HOOK_TOO_OLD: { kind: 'unauthenticated', summary: 'It was signed more than five minutes ago, or in the future.' },
    HOOK_REPLAYED: { kind: 'conflict', summary: 'The same call came before.' },
    HOOK_BODY_INVALID: { kind: 'invalid', summary: 'The body is no JSON, or names an image that cannot be read.' },
    HOOK_SERVICE_UNKNOWN: { kind: 'invalid', summary: 'The stack has no such service, or the hook is not for it.' },
    HOOK_STACK_REMOVED: { kind: 'conflict', summary: 'The stack was removed: there is nothing to update.' },
    HOOK_REPOSITORY_REFUSED: {
      kind: 'forbidden',
      summary: 'The image is of another repository than the service’s, which this hook does not allow.',
    },
  },
});
