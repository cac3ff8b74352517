import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { setting } from './setting.ts';

export const listSettings = defineOperation({
  service: 'compiler',
  name: 'list-settings',
  summary: 'Values kept for many services, by path; secret ones are not shown',
  http: { method: 'GET', path: '/api/settings' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'installation' },
  audit: 'none',
  input: z.strictObject({}),
  output: z.object({ settings: z.array(setting) }),
  errors: {},
});
