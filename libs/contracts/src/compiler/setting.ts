import { z } from 'zod';
import { timestamp } from '../fields.ts';

export const setting = z
  .object({
    path: z.string(),
    value: z.string().nullable().describe('null when it is secret: a secret is only written, never shown'),
    is_secret: z.boolean(),
    updated_at: timestamp,
    updated_by: z.string(),
  })
  .meta({ id: 'Setting' });

export const settingErrors = {
  SETTING_NOT_FOUND: { kind: 'not-found', summary: 'No setting has this path.' },
} as const;
