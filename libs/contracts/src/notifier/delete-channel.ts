import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { channelId } from './channel.ts';
import { channelErrors } from './errors.ts';

export const deleteChannel = defineOperation({
  service: 'notifier',
  name: 'delete-channel',
  summary: 'Remove a channel with its secrets and its log; what waits for it is not delivered',
  http: { method: 'DELETE', path: '/api/notifications/channels/:channel_id' },
  callers: ['gateway'],
  access: { role: 'cluster-admin', scope: 'installation' },
  audit: 'channel.removed',
  input: z.strictObject({ channel_id: channelId }),
  output: z.object({ success: z.literal(true), message: z.string() }),
  errors: channelErrors,
});
