import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { channelId } from './channel.ts';
import { delivery } from './delivery.ts';

export const listDeliveries = defineOperation({
  service: 'notifier',
  name: 'list-deliveries',
  summary: 'What was sent and what came of it, the newest first, a page at a time',
  http: { method: 'GET', path: '/api/notifications/deliveries' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'installation' },
  audit: 'none',
  input: z.strictObject({
    channel_id: channelId.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(20),
    cursor: z.string().max(100).optional().describe('`next_cursor` of the page before'),
  }),
  output: z.object({ deliveries: z.array(delivery), next_cursor: z.string().nullable() }),
  errors: {},
});
