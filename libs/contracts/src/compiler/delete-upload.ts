import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { uploadErrors, uploadName } from './upload.ts';

export const deleteUpload = defineOperation({
  service: 'compiler',
  name: 'delete-upload',
  summary: 'Forget an uploaded project and the settings of its own; what was deployed from it stays in its clusters',
  http: { method: 'DELETE', path: '/api/kubernetes/services/uploads/:name' },
  callers: ['gateway'],
  access: { role: 'deployer', scope: 'project' },
  audit: 'upload.removed',
  input: z.strictObject({
    name: uploadName,
    force: z
      .enum(['true', 'false'])
      .optional()
      .describe('`true`: also where a stack of it may need the values that go with it'),
  }),
  output: z.object({ success: z.literal(true), message: z.string() }),
  errors: {
    ...uploadErrors,
    UPLOAD_IN_USE: {
      kind: 'conflict',
      summary: 'A stack of it exists, and values that only the project has, as generated passwords, would go with it.',
    },
  },
});
