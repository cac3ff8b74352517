import { StreamableFile } from '@nestjs/common';
import type { AnsweredFileData, HttpBinding } from '@ushadow/contracts';
import type { Request } from 'express';

/** An answer as it is asked for: a file is its bytes, to be saved, for whoever does not ask for JSON by name. */
export function asAsked(http: HttpBinding, { headers }: Pick<Request, 'headers'>, answer: unknown): unknown {
  if (http.answer !== 'file' || headers.accept?.includes('application/json') === true) return answer;
  const { name, media_type: type, encoding, content } = answer as AnsweredFileData;
  // What would end the quoted name, or is no ASCII, is not in it.
  const safe = name.replaceAll(/[^A-Za-z0-9._-]/g, '_');
  return new StreamableFile(Buffer.from(content, encoding), { type, disposition: `attachment; filename="${safe}"` });
}
