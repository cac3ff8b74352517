import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { timestamp } from '../fields.ts';

export const listDeadLetters = defineOperation({
  service: 'deployer',
  name: 'list-dead-letters',
  summary: 'Wake-ups that no worker could deal with, and messages that could never be sent; newest first',
  http: { method: 'GET', path: '/api/dead-letters' },
  callers: ['gateway'],
  access: { role: 'owner', scope: 'installation' },
  audit: 'none',
  input: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
  output: z.object({
    dead_letters: z.array(
      z
        .object({
          stream_sequence: z.int().nullable().describe('Null for a message that never left the outbox'),
          message_id: z.string().nullable().describe('Of a message that was set aside in the outbox'),
          deployment_id: z.string().nullable().describe('Null when the message did not name one'),
          deliveries: z.int(),
          reason: z.string(),
          time: timestamp,
        })
        .meta({ id: 'DeadLetter' }),
    ),
  }),
  errors: {},
});
