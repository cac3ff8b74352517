import { z } from 'zod';
import { diagnostic } from '../diagnostic.ts';
import { timestamp } from '../fields.ts';

/** First half of its services' ids. */
export const uploadName = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([-_.a-z0-9]*[a-z0-9])?$/, 'an upload’s name has lower-case letters, digits, "-", "_" and "."');

export const upload = z
  .object({
    name: uploadName,
    files: z.array(z.object({ path: z.string(), bytes: z.int() })),
    digest: z.string().describe('Over path and content of its files, as the project’s own'),
    services: z.array(z.string()).describe('Ids of the services it holds'),
    diagnostics: z.array(diagnostic).describe('What is wrong with its Compose file'),
    set_aside: z
      .string()
      .nullable()
      .describe('Why it is not read any more, after it could not be read twice; it can only be deleted or replaced'),
    goes_at: timestamp
      .nullable()
      .describe(
        'When it goes: no stack, plan or deployment is made of it, and nothing is saved for it; null: it stays',
      ),
    uploaded_at: timestamp,
    uploaded_by: z.string(),
  })
  .meta({ id: 'Upload' });

export const uploadErrors = {
  UPLOAD_NOT_FOUND: { kind: 'not-found', summary: 'No uploaded project has this name.' },
} as const;

/** Bounds of one upload; sizes in bytes. */
export const uploadLimits = { files: 500, fileBytes: 1024 * 1024, totalBytes: 4 * 1024 * 1024 } as const;
