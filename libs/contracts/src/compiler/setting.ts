import { z } from 'zod';
import { projectName, timestamp } from '../fields.ts';

export const setting = z
  .object({
    path: z.string(),
    project: z.string().nullable().describe('The one project that sees it; null: it is the installation’s'),
    for_uploads: z.boolean().describe('Uploaded projects see it too, not only those of the operator’s folder'),
    value: z.string().nullable().describe('null when it is secret: a secret is only written, never shown'),
    is_secret: z.boolean(),
    updated_at: timestamp,
    updated_by: z.string(),
  })
  .meta({ id: 'Setting' });

export const settingErrors = {
  SETTING_NOT_FOUND: { kind: 'not-found', summary: 'No setting has this path.' },
} as const;

export const settingProject = projectName.describe(
  'The one project that sees it, which stands before the installation’s of this path; absent: the installation’s',
);
