import { uploadLimits } from '@ushadow/contracts';
import { pathProblem } from './path-problem.ts';
import type { ProjectFile } from './upload.ts';
import { uploadInvalid, uploadTooLarge, type UploadProblem } from './upload-refusals.ts';

/** Throws UPLOAD_INVALID or UPLOAD_TOO_LARGE, naming every file that cannot be taken. */
export function checkFiles(files: readonly ProjectFile[]): void {
  if (files.length > uploadLimits.files) throw uploadTooLarge(`it has ${String(files.length)} files`);
  const big = files.find(({ content }) => content.length > uploadLimits.fileBytes);
  if (big !== undefined) throw uploadTooLarge(`${big.path} has ${String(big.content.length)} bytes`);
  const total = files.reduce((sum, { content }) => sum + content.length, 0);
  if (total > uploadLimits.totalBytes) throw uploadTooLarge(`its files have ${String(total)} bytes`);
  const problems = [...files.flatMap(badPath), ...clashes(files)];
  if (problems.length > 0 || files.length === 0) throw uploadInvalid(problems);
}

function badPath({ path }: ProjectFile): UploadProblem[] {
  const problem = pathProblem(path);
  return problem === undefined ? [] : [{ path, problem }];
}

/** Twice the same path, or a file where another one needs a folder. */
function clashes(files: readonly ProjectFile[]): UploadProblem[] {
  const paths = new Set<string>();
  const problems: UploadProblem[] = [];
  for (const { path } of files) {
    if (paths.has(path)) problems.push({ path, problem: 'is there twice' });
    paths.add(path);
  }
  const folders = new Set([...paths].flatMap(foldersOf));
  return [
    ...problems,
    ...[...paths].filter((path) => folders.has(path)).map((path) => ({ path, problem: 'is a file and a folder' })),
  ];
}

function foldersOf(path: string): string[] {
  const segments = path.split('/').slice(0, -1);
  return segments.map((_, index) => segments.slice(0, index + 1).join('/'));
}
