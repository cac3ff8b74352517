import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** A file of an archive; a regular one with mode 0644 by default. */
export type ZippedFile = { readonly text: string | Buffer; readonly mode?: number };

/** A zip archive with these files by path. */
export async function zipOf(files: Readonly<Record<string, ZippedFile>>): Promise<Buffer> {
  const archive = new ZipFile();
  for (const [path, { text, mode = 0o100644 }] of Object.entries(files)) {
    archive.addBuffer(Buffer.from(text), path, { mode });
  }
  archive.end();
  return buffer(archive.outputStream);
}
