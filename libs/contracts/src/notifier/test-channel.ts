import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { channelId } from './channel.ts';
import { deliveryAttempt } from './delivery.ts';
import { channelErrors } from './errors.ts';

export const testChannel = defineOperation({
  service: 'notifier',
  name: 'test-channel',
  summary: 'Send a test to a channel once, and say what came of it',
  http: { method: 'POST', path: '/api/notifications/channels/:channel_id/test', cost: 'outbound' },
  callers: ['gateway'],
  access: { role: 'cluster-admin', scope: 'installation' },
  audit: 'channel.tested',
  deadlineMs: 90_000,
  input: z.strictObject({ channel_id: channelId }),
  output: deliveryAttempt,
  errors: channelErrors,
});
