import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { channel } from './channel.ts';

export const listChannels = defineOperation({
  service: 'notifier',
  name: 'list-channels',
  summary: 'Channels that notifications go to, by name, and how each is doing',
  http: { method: 'GET', path: '/api/notifications/channels' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'installation' },
  audit: 'none',
  input: z.strictObject({}),
  output: z.object({ channels: z.array(channel) }),
  errors: {},
});
