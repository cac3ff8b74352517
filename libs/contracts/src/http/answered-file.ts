import { z } from 'zod';

/** A file as an answer: to who asks for JSON as this, to everybody else as its bytes. */
export const answeredFile = z
  .object({
    name: z.string().describe('What to call it'),
    media_type: z.string(),
    encoding: z.enum(['utf8', 'base64']).describe('Of `content`'),
    content: z.string(),
  })
  .meta({ id: 'AnsweredFile' });

export type AnsweredFileData = z.infer<typeof answeredFile>;
