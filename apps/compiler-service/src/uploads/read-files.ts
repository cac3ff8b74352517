import type { ProjectFile } from './project-file.ts';
import { uploadInvalid } from './upload-refusals.ts';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Files given one by one. Throws UPLOAD_INVALID for what is no base64. */
export function readFiles(files: readonly { readonly path: string; readonly content: string }[]): ProjectFile[] {
  return files.map(({ path, content }) => ({ path, content: decodeBase64(content, path), executable: false }));
}

/** Strict: Node would skip what is not base64. */
export function decodeBase64(text: string, what: string): Buffer {
  const packed = text.replace(/\s+/g, '');
  if (BASE64.test(packed)) return Buffer.from(packed, 'base64');
  throw uploadInvalid([{ path: what, problem: 'is not base64' }]);
}
