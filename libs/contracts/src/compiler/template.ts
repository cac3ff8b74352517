import { z } from 'zod';
import type { ErrorDefinition } from '../domain-error.ts';

/** Kind and name, since both kinds may have one of a name; or the name alone, where one kind has it. */
export const templateId = z
  .string()
  .min(1)
  .max(220)
  .regex(/^[^\p{Cc}/\\]+$/u, 'a template’s name has no slash and no control character')
  .describe('`{kind}:{name}`, for example `coolify:gitea`; the name alone where only one kind has it');

const templateCheck = z.object({
  state: z.enum(['pending', 'ok', 'warnings', 'errors']),
  errors: z.int(),
  warnings: z.int(),
});

/** A template of the operator's folders, as it is listed. Until it is checked only its name and kind are known. */
export const template = z
  .object({
    id: z.string(),
    kind: z.enum(['coolify', 'dokploy']),
    name: z.string().describe('Of its file or folder'),
    title: z.string(),
    description: z.string().nullable(),
    documentation: z.string().nullable(),
    tags: z.array(z.string()),
    services: z.array(z.string()),
    public: z
      .array(z.object({ service: z.string(), port: z.int().nullable(), path: z.string().nullable() }))
      .describe('Services that are reached from outside, the main one first'),
    check: templateCheck,
  })
  .meta({ id: 'Template' });

export const templateErrors = {
  TEMPLATE_NOT_FOUND: { kind: 'not-found', summary: 'The gallery has no template of this name.' },
  TEMPLATE_AMBIGUOUS: { kind: 'conflict', summary: 'Both kinds have a template of this name; say which.' },
} as const satisfies Record<string, ErrorDefinition>;

export type TemplateData = z.infer<typeof template>;
