import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { channel, channelFields, channelId } from './channel.ts';
import { channelErrors, channelInputErrors } from './errors.ts';

export const updateChannel = defineOperation({
  service: 'notifier',
  name: 'update-channel',
  summary: 'Change a channel, pause it, or let it go on; what is not named stays as it is',
  http: { method: 'PATCH', path: '/api/notifications/channels/:channel_id', cost: 'outbound' },
  callers: ['gateway'],
  access: { role: 'cluster-admin', scope: 'installation' },
  audit: 'channel.updated',
  sealed: ['request'],
  deadlineMs: 20_000,
  input: z.strictObject({
    channel_id: channelId,
    ...channelFields,
    name: channelFields.name.optional(),
    rules: channelFields.rules.optional(),
    paused: z
      .boolean()
      .optional()
      .describe('false lets a paused channel go on, with what has waited for less than a day'),
  }),
  output: channel,
  errors: { ...channelErrors, ...channelInputErrors },
});
