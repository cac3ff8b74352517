import type { ProjectFile } from './upload.ts';
import { uploadInvalid } from './upload-refusals.ts';

/** Files given one by one. Throws UPLOAD_INVALID for what is no base64. */
export function readFiles(files: readonly { readonly path: string; readonly content: string }[]): ProjectFile[] {
  return files.map(({ path, content }) => ({ path, content: decodeBase64(content, path), executable: false }));
}

/** Strict: Node would skip what is not base64. Without groups that repeat, which cost a frame of the stack each. */
export function decodeBase64(text: string, what: string): Buffer {
  const packed = text.replace(/\s+/g, '');
  const bare = packed.length - (/={1,2}$/.exec(packed.slice(-2))?.[0].length ?? 0);
  if (packed.length % 4 === 0 && !/[^A-Za-z0-9+/]/.test(packed.slice(0, bare))) return Buffer.from(packed, 'base64');
  throw uploadInvalid([{ path: what, problem: 'is not base64' }]);
}
