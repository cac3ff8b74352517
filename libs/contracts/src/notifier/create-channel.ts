import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { channel, channelFields, channelKind } from './channel.ts';
import { channelInputErrors } from './errors.ts';

export const createChannel = defineOperation({
  service: 'notifier',
  name: 'create-channel',
  summary: 'Add a channel that notifications go to; its secrets are only written, never shown',
  http: { method: 'POST', path: '/api/notifications/channels', status: 201, cost: 'outbound' },
  callers: ['gateway'],
  access: { role: 'cluster-admin', scope: 'installation' },
  audit: 'channel.created',
  sealed: ['request'],
  deadlineMs: 20_000,
  input: z.strictObject({ kind: channelKind, ...channelFields }),
  output: channel,
  errors: channelInputErrors,
});
