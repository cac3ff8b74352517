import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { timestamp } from '../fields.ts';

export const sandbox = z
  .object({
    state: z
      .enum(['none', 'off', 'making', 'ready', 'failed'])
      .describe(
        '`none`: this installation makes none; `off`: it was started without; `ready`: it is a registered cluster',
      ),
    since: timestamp.nullable().describe('When that began; null for `none`'),
    doing: z.string().nullable().describe('What is being done while it is made, in one line'),
    reason: z.string().nullable().describe('Why it could not be made'),
    remedy: z.string().nullable().describe('What to do then'),
  })
  .meta({ id: 'Sandbox' });

export type SandboxData = z.infer<typeof sandbox>;

export const getSandbox = defineOperation({
  service: 'cluster',
  name: 'get-sandbox',
  summary: 'How far the sandbox cluster is that the start command makes in the background',
  http: { method: 'GET', path: '/api/sandbox' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'installation' },
  audit: 'none',
  input: z.strictObject({}),
  output: sandbox,
  errors: {},
});
