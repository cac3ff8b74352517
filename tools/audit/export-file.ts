import { exportLines, type AuditTrail } from '@ushadow/postgres';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { createInterface } from 'node:readline';

/** Writes a new file, whole or not at all, for its owner alone. Gives its SHA-256. */
export async function writeExport(trail: Pick<AuditTrail, 'following'>, file: string): Promise<string> {
  if (existsSync(file)) throw new Error(`${file} is there already`);
  const digest = createHash('sha256');
  const part = await open(`${file}.part`, 'w', 0o600);
  try {
    for await (const line of exportLines(trail)) {
      digest.update(line);
      await part.write(line);
    }
    await part.sync();
  } finally {
    await part.close();
  }
  await rename(`${file}.part`, file);
  return digest.digest('hex');
}

/** The lines of files, one after the other. */
export async function* linesOf(files: readonly string[]): AsyncGenerator<string> {
  for (const file of files) yield* createInterface({ input: createReadStream(file), crlfDelay: Infinity });
}
