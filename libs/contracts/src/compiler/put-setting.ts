import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { settingPath, variableValue } from './environment.ts';
import { setting } from './setting.ts';

export const putSetting = defineOperation({
  service: 'compiler',
  name: 'put-setting',
  summary: 'Create or replace a setting; every service with a variable of this name is offered it',
  http: { method: 'PUT', path: '/api/settings/:path' },
  callers: ['gateway'],
  access: { role: 'owner', scope: 'installation' },
  sealed: ['request'],
  input: z.strictObject({
    path: settingPath,
    value: variableValue,
    is_secret: z.boolean().optional().describe('Judged by name and value unless given; in doubt it is secret'),
  }),
  output: setting,
  errors: {
    TOO_MANY_SETTINGS: { kind: 'invalid', summary: 'There is no room for more settings.' },
  },
});
