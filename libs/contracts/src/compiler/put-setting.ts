import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { settingPath, variableValue } from './environment.ts';
import { setting, settingProject } from './setting.ts';

export const putSetting = defineOperation({
  service: 'compiler',
  name: 'put-setting',
  summary: 'Create or replace a setting; every service that may see it and has a variable of this name is offered it',
  http: { method: 'PUT', path: '/api/settings/:path' },
  callers: ['gateway'],
  access: { role: 'owner', scope: 'installation' },
  audit: 'setting.set',
  sealed: ['request'],
  input: z.strictObject({
    path: settingPath,
    project: settingProject.optional(),
    for_uploads: z
      .boolean()
      .optional()
      .describe('An installation’s: uploaded projects see it too. Only the operator’s own do unless this is true'),
    value: variableValue,
    is_secret: z.boolean().optional().describe('Judged by name and value unless given; in doubt it is secret'),
  }),
  output: setting,
  errors: {
    TOO_MANY_SETTINGS: { kind: 'invalid', summary: 'There is no room for more settings.' },
  },
});
