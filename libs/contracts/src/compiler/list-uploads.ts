import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { upload } from './upload.ts';

export const listUploads = defineOperation({
  service: 'compiler',
  name: 'list-uploads',
  summary: 'Uploaded projects with their files; contents are not given back',
  http: { method: 'GET', path: '/api/kubernetes/services/uploads' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'installation' },
  audit: 'none',
  input: z.strictObject({}),
  output: z.object({ uploads: z.array(upload) }),
  errors: {},
});
