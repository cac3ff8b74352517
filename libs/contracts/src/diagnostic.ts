import { z } from 'zod';

export const diagnostic = z
  .object({
    code: z.string(),
    severity: z.enum(['error', 'warning', 'info']),
    message: z.string(),
    remedy: z.string().optional(),
    path: z.string().optional().describe('Pointer into the Compose project, for example `/services/web/ports/0`'),
    file: z.string().optional(),
    line: z.int().optional(),
    column: z.int().optional(),
  })
  .meta({ id: 'Diagnostic' });

export type DiagnosticData = z.infer<typeof diagnostic>;
