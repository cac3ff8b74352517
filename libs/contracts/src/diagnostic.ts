import { z } from 'zod';

const place = {
  path: z.string().optional().describe('Pointer into the Compose project, for example `/services/web/ports/0`'),
  file: z.string().optional(),
  line: z.int().optional(),
  column: z.int().optional(),
};

export const diagnostic = z
  .object({
    code: z.string(),
    severity: z.enum(['error', 'warning', 'info']),
    message: z.string(),
    remedy: z.string().optional(),
    ...place,
    places: z
      .array(z.object({ message: z.string(), ...place }))
      .optional()
      .describe('Where else a finding of this kind was made, each in its own words'),
  })
  .meta({ id: 'Diagnostic' });

export type DiagnosticData = z.infer<typeof diagnostic>;
