import { uploadLimits } from '@ushadow/contracts';
import yauzl from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import type { ProjectFile } from './upload.ts';
import { uploadInvalid, uploadTooLarge } from './upload-refusals.ts';

/** What archive programs add on their own. */
const ballast = /(^|\/)(__MACOSX|\.git|\.DS_Store|Thumbs\.db)(\/|$)/;

/**
 * The files of a zip archive, read in memory; one folder that holds everything is stepped into. Throws UPLOAD_INVALID for
 * what is no archive, is encrypted or holds links, and UPLOAD_TOO_LARGE before anything more is unpacked.
 */
export async function readArchive(archive: Buffer): Promise<ProjectFile[]> {
  const zip = await openZip(archive);
  const files: ProjectFile[] = [];
  let total = 0;
  for await (const entry of entriesOf(zip)) {
    if (entry.fileName.endsWith('/') || ballast.test(entry.fileName)) continue;
    refuseEntry(entry);
    total += entry.uncompressedSize;
    if (files.length >= uploadLimits.files) throw uploadTooLarge('it has more files');
    if (total > uploadLimits.totalBytes) throw uploadTooLarge('its files are larger');
    const content = await readEntry(zip, entry);
    files.push({ path: entry.fileName, content, executable: (modeOf(entry) & 0o100) !== 0 });
  }
  return withoutCommonFolder(files);
}

async function openZip(archive: Buffer): Promise<ZipFile> {
  try {
    return await yauzl.fromBufferPromise(archive, { strictFileNames: true });
  } catch {
    throw uploadInvalid([{ path: 'archive', problem: 'is not a zip file' }]);
  }
}

/** Names that leave the archive are refused by the reader itself. */
async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  const entries = zip.eachEntry()[Symbol.asyncIterator]();
  for (;;) {
    const next = await entries.next().catch((error: unknown) => {
      throw uploadInvalid([{ path: 'archive', problem: `is damaged or unsafe: ${textOf(error)}` }]);
    });
    if (next.done === true) return;
    yield next.value;
  }
}

const KIND = 0o170000;
const REGULAR = 0o100000;
const MADE_BY_UNIX = 3;

/** Unix mode, or 0 where the archive does not say. */
function modeOf({ versionMadeBy, externalFileAttributes }: Entry): number {
  return versionMadeBy >>> 8 === MADE_BY_UNIX ? externalFileAttributes >>> 16 : 0;
}

function refuseEntry(entry: Entry): void {
  const kind = modeOf(entry) & KIND;
  const problem = entry.isEncrypted()
    ? 'is encrypted'
    : kind !== 0 && kind !== REGULAR
      ? 'is a link or a device; pack the file it leads to'
      : undefined;
  if (problem !== undefined) throw uploadInvalid([{ path: entry.fileName, problem }]);
  if (entry.uncompressedSize > uploadLimits.fileBytes) {
    throw uploadTooLarge(`${entry.fileName} has ${String(entry.uncompressedSize)} bytes`);
  }
}

/** The reader ends the stream when it gives another number of bytes than the entry says. */
async function readEntry(zip: ZipFile, entry: Entry): Promise<Buffer> {
  try {
    const stream = await zip.openReadStreamPromise(entry);
    return Buffer.concat(await stream.toArray());
  } catch (error) {
    throw uploadInvalid([{ path: entry.fileName, problem: `cannot be unpacked: ${textOf(error)}` }]);
  }
}

function withoutCommonFolder(files: readonly ProjectFile[]): ProjectFile[] {
  const [folder] = files[0]?.path.split('/', 1) ?? [];
  const prefix = `${folder ?? ''}/`;
  return files.every(({ path }) => path.startsWith(prefix))
    ? files.map((file) => ({ ...file, path: file.path.slice(prefix.length) }))
    : [...files];
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown';
}
