import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { settingPath } from './environment.ts';
import { settingErrors, settingProject } from './setting.ts';

export const deleteSetting = defineOperation({
  service: 'compiler',
  name: 'delete-setting',
  summary: 'Remove a setting; services that use it fall back to their next source',
  http: { method: 'DELETE', path: '/api/settings/:path' },
  callers: ['gateway'],
  access: { role: 'owner', scope: 'installation' },
  audit: 'setting.removed',
  input: z.strictObject({ path: settingPath, project: settingProject.optional() }),
  output: z.object({
    success: z.literal(true),
    message: z.string(),
    mapped_by: z.array(z.string()).describe('Services whose variables were mapped to it'),
  }),
  errors: settingErrors,
});
