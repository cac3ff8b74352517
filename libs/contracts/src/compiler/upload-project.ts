import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { secret } from '../fields.ts';
import { workErrors } from './errors.ts';
import { upload, uploadLimits, uploadName } from './upload.ts';

/** base64 needs four characters for three bytes. */
const base64Max = (bytes: number) => Math.ceil(bytes / 3) * 4;

export const uploadProject = defineOperation({
  service: 'compiler',
  name: 'upload-project',
  summary: 'Add a Compose project from files or a zip archive to the catalog',
  http: {
    method: 'POST',
    path: '/api/kubernetes/services/uploads',
    status: 201,
    bodyBytesMax: base64Max(uploadLimits.totalBytes) + 256 * 1024,
    cost: 'compile',
  },
  callers: ['gateway'],
  access: { role: 'deployer', scope: 'project' },
  audit: 'project.uploaded',
  sealed: ['request'],
  deadlineMs: 30_000,
  input: z.strictObject({
    name: uploadName,
    files: z
      .array(
        z.strictObject({
          path: z.string().min(1).max(500).describe('Below the project’s folder, with "/"'),
          content: secret(z.string().max(base64Max(uploadLimits.fileBytes))).describe('base64'),
        }),
      )
      .min(1)
      .max(uploadLimits.files)
      .optional(),
    archive: secret(z.string().min(1).max(base64Max(uploadLimits.totalBytes)))
      .optional()
      .describe('A zip archive, base64; one folder that holds everything is stepped into'),
    replace: z.boolean().optional().describe('Take the place of an upload of the same name'),
  }),
  output: upload,
  errors: {
    ...workErrors,
    UPLOAD_INVALID: {
      kind: 'invalid',
      summary: 'The files cannot be taken; `details.problems` says which and why.',
    },
    UPLOAD_TOO_LARGE: { kind: 'invalid', status: 413, summary: 'More files or bytes than an upload may have.' },
    UPLOAD_NAME_TAKEN: { kind: 'conflict', summary: 'A project of the catalog has this name.' },
  },
});
