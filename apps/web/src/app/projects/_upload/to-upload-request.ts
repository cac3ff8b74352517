import type { operations, RequestOf } from '@ushadow/contracts';
import type { ReadableFile } from './read-chosen.ts';
import type { Selection } from './select-files.ts';

/** Reads the files. Throws what the browser throws for one that it can no longer read. */
export async function toUploadRequest(
  name: string,
  selection: Selection<ReadableFile>,
  replace: boolean,
): Promise<RequestOf<typeof operations.uploadProject>> {
  const contents = await Promise.all(
    selection.files.map(async ({ path, content }) => ({ path, content: await toBase64(content) })),
  );
  return {
    name,
    ...(selection.kind === 'archive' ? { archive: contents[0]?.content ?? '' } : { files: contents }),
    ...(replace ? { replace } : {}),
  };
}

/** The browser itself writes base64 into a data URL; an empty file has none. */
function toBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const url = typeof reader.result === 'string' ? reader.result : '';
      resolve(/^data:[^,]*;base64,(.*)$/s.exec(url)?.[1] ?? '');
    };
    reader.onerror = () => {
      reject(new Error(`${file.name} can no longer be read. Choose it again.`));
    };
    reader.readAsDataURL(file);
  });
}
