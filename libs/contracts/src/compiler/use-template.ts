import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { diagnostic } from '../diagnostic.ts';
import { hostName } from './deployment-spec.ts';
import { workErrors } from './errors.ts';
import { template, templateErrors, templateId } from './template.ts';
import { uploadName } from './upload.ts';

export const useTemplate = defineOperation({
  service: 'compiler',
  name: 'use-template',
  summary: 'Make a project of a template; generated values are kept as secret settings of that project',
  http: { method: 'POST', path: '/api/templates/:name/use', status: 201, cost: 'compile' },
  callers: ['gateway'],
  access: { role: 'deployer', scope: 'project' },
  audit: 'project.uploaded',
  deadlineMs: 30_000,
  input: z.strictObject({
    name: templateId,
    project: uploadName.optional().describe('Named after the template unless given'),
    domain: hostName
      .optional()
      .describe(
        'Where its first address is; each further one is a label below. Unless given a placeholder, which is said',
      ),
    tls: z.boolean().default(true).describe('Whether addresses in its variables begin with https'),
    replace: z
      .boolean()
      .default(false)
      .describe('Take the place of an uploaded project of this name; values that it keeps stay'),
  }),
  output: z.object({
    template: template.shape.id,
    project: uploadName,
    services: z.array(z.string()),
    public: z
      .array(z.object({ service: z.string(), address: z.string() }))
      .describe('As the project has them: `HOST[:PORT][/PATH[#strip]]`, the port of the container'),
    generated: z.array(z.string()).describe('Variables that have got a value now'),
    kept: z.array(z.string()).describe('Generated ones that had one, which stays'),
    diagnostics: z.array(diagnostic),
  }),
  errors: {
    ...templateErrors,
    ...workErrors,
    TEMPLATE_INVALID: { kind: 'invalid', summary: 'It cannot be read; `details.diagnostics` says where and why.' },
    UPLOAD_INVALID: { kind: 'invalid', summary: 'The project that it makes cannot be kept.' },
    UPLOAD_TOO_LARGE: { kind: 'invalid', status: 413, summary: 'More files or bytes than a project may have.' },
    UPLOAD_NAME_TAKEN: { kind: 'conflict', summary: 'A project of the catalog has this name.' },
    TOO_MANY_SETTINGS: { kind: 'invalid', summary: 'There is no room for the values it keeps.' },
  },
});
