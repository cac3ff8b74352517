import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { diagnostic } from '../diagnostic.ts';
import { workErrors } from './errors.ts';
import { template, templateErrors, templateId } from './template.ts';

export const templateNeed = z.object({
  name: z.string(),
  required: z.boolean(),
  message: z.string().nullable().describe('What the file says to who gives no value'),
  file: z.string().nullable(),
  line: z.int().nullable(),
});

export const templateDetail = template
  .extend({
    needs: z.array(templateNeed).describe('Variables without a value: whoever deploys gives one'),
    generated: z.array(z.string()).describe('Variables whose values are generated, and kept as secrets'),
    objects: z
      .array(z.object({ kind: z.string(), names: z.array(z.string()) }))
      .describe('What Kubernetes makes of it'),
    volumes: z.array(z.object({ name: z.string(), size: z.string() })),
    findings: z.array(diagnostic),
  })
  .meta({ id: 'TemplateDetail' });

export const getTemplate = defineOperation({
  service: 'compiler',
  name: 'get-template',
  summary: 'A template: what it needs, what Kubernetes makes of it, and what was found',
  http: { method: 'GET', path: '/api/templates/:name', cost: 'compile' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'installation' },
  audit: 'none',
  deadlineMs: 20_000,
  input: z.strictObject({ name: templateId }),
  output: templateDetail,
  errors: { ...templateErrors, ...workErrors },
});

export type TemplateDetailData = z.infer<typeof templateDetail>;
