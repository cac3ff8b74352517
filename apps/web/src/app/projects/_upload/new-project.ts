import type { operations, RequestOf } from '@ushadow/contracts';
import type { ReadableFile } from './read-chosen.ts';
import type { Selection } from './select-files.ts';
import { nameError } from './upload-name.ts';
import { uploadProblems } from './upload-problems.ts';

/** A project that is being added, as it is typed and chosen. */
export interface NewProject {
  readonly from: 'paste' | 'files';
  readonly text: string;
  readonly selection: Selection<ReadableFile> | null;
  readonly name: string;
  /** The name is the user’s, not a suggestion. */
  readonly isNamed: boolean;
  readonly replace: boolean;
}

export const noSource: NewProject = {
  from: 'paste',
  text: '',
  selection: null,
  name: '',
  isNamed: false,
  replace: false,
};

const PASTED = 'compose.yaml';

/** Nothing stands in the way of sending it. `isTaken`: an upload has its name. */
export function isComplete(form: NewProject, isTaken: boolean): boolean {
  if (nameError(form.name) !== undefined || (isTaken && !form.replace)) return false;
  const selection = selectionOf(form);
  return selection !== null && uploadProblems(selection).length === 0;
}

export function toRequest(form: NewProject, isTaken: boolean): Promise<RequestOf<typeof operations.uploadProject>> {
  const selection = selectionOf(form);
  if (selection === null) throw new Error('There is nothing to send.');
  return toUploadRequest(form.name, selection, isTaken && form.replace);
}

/** Pasted text is a project of one file. */
function selectionOf({ from, text, selection }: NewProject): Selection<ReadableFile> | null {
  if (from === 'files') return selection;
  if (text.trim() === '') return null;
  const content = new File([text], PASTED);
  return { kind: 'files', files: [{ path: PASTED, size: content.size, content }], leftOut: 0, name: null };
}

/** Reads the files. Throws what the browser throws for one that it can no longer read. */
async function toUploadRequest(
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
