import { uploadLimits } from '@ushadow/contracts';
import { isBallast, type ChosenFile } from './select-files.ts';

export interface ReadableFile extends ChosenFile {
  readonly content: File;
}

/** Files of an `<input type="file">`; those of a folder have their path below its parent. */
export function filesOfInput(files: FileList): ReadableFile[] {
  return [...files].map((file) => readable(file.webkitRelativePath === '' ? file.name : file.webkitRelativePath, file));
}

/** Dropped files, and those in dropped folders. Must be called while the event is handled: later the items are gone. */
export async function filesOfDrop(transfer: DataTransfer): Promise<ReadableFile[]> {
  const dropped = [...transfer.items].map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
  const found: ReadableFile[] = [];
  for (const each of dropped) {
    if (each instanceof File) found.push(readable(each.name, each));
    else if (each !== null) await collect(each, found);
  }
  return found;
}

/** Stops when there are more than an upload may have: the rest would only be counted. */
async function collect(entry: FileSystemEntry, found: ReadableFile[]): Promise<void> {
  const path = entry.fullPath.replace(/^\//, '');
  if (isBallast(path) || found.length > uploadLimits.files) return;
  if (isFile(entry)) {
    found.push(
      readable(
        path,
        await new Promise<File>((resolve, reject) => {
          entry.file(resolve, reject);
        }),
      ),
    );
    return;
  }
  if (!isFolder(entry)) return;
  const reader = entry.createReader();
  for (;;) {
    // A folder is handed out in portions; an empty one is the end.
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (portion.length === 0) return;
    for (const inner of portion) await collect(inner, found);
  }
}

function readable(path: string, content: File): ReadableFile {
  return { path, size: content.size, content };
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
