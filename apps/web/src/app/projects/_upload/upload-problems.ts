import { uploadLimits } from '@ushadow/contracts';
import type { Problem } from '../../../api/error-details.ts';
import { formatBytes } from '../../../ui/format.ts';
import type { ChosenFile, Selection } from './select-files.ts';

const { files: FILES_MAX, fileBytes: FILE_MAX, totalBytes: TOTAL_MAX } = uploadLimits;

export const limitsText = `At most ${String(FILES_MAX)} files, ${formatBytes(FILE_MAX)} each and ${formatBytes(TOTAL_MAX)} together.`;

/** Why the server would refuse these files for their number or size, before they are sent. */
export function uploadProblems({ kind, files }: Selection<ChosenFile>): Problem[] {
  const total = totalBytes(files);
  if (kind === 'archive') return total > TOTAL_MAX ? files.map((file) => tooLarge(file, TOTAL_MAX)) : [];
  return [
    ...(files.length === 0 ? [problem(null, 'There is no file in it.')] : []),
    ...(files.length > FILES_MAX ? [problem(null, `More than ${String(FILES_MAX)} files.`)] : []),
    ...(total > TOTAL_MAX ? [problem(null, `Larger than ${formatBytes(TOTAL_MAX)} together.`)] : []),
    ...files.filter(({ size }) => size > FILE_MAX).map((file) => tooLarge(file, FILE_MAX)),
  ];
}

export function totalBytes(files: readonly ChosenFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

function tooLarge({ path }: ChosenFile, max: number): Problem {
  return problem(path, `Larger than ${formatBytes(max)}.`);
}

function problem(where: string | null, what: string): Problem {
  return { where, what, remedy: null };
}
