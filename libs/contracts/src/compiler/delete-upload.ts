import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { uploadErrors, uploadName } from './upload.ts';

export const deleteUpload = defineOperation({
  service: 'compiler',
  name: 'delete-upload',
  summary: 'Forget an uploaded project; what was deployed from it stays in its clusters',
  http: { method: 'DELETE', path: '/api/kubernetes/services/uploads/:name' },
  callers: ['gateway'],
  access: { role: 'deployer', scope: 'project' },
  audit: 'upload.removed',
  input: z.strictObject({ name: uploadName }),
  output: z.object({ success: z.literal(true), message: z.string() }),
  errors: uploadErrors,
});
