import { uploadLimits } from '@ushadow/contracts';
import type { Diagnostic, DiagnosticPlace } from '@ushadow/compose';
import { uploadFinding } from './upload-findings.ts';

/** What one ConfigMap or Secret holds; an API server takes 1 MiB for an object with everything in it. */
const FILE_SET_BYTES_MAX = 900_000;

interface Sized {
  readonly path: string;
  readonly size: number;
}

/** What is more than may be sent, with the numbers. */
export function uploadLimitFindings(files: readonly Sized[]): readonly Diagnostic[] {
  const bytes = bytesOf(files);
  const tooLarge = files.filter(({ size }) => size > uploadLimits.fileBytes);
  return [
    ...tooLarge.map(({ path, size }) =>
      uploadFinding('CLI0005', { file: path, bytes: size, limit: uploadLimits.fileBytes }),
    ),
    ...(files.length <= uploadLimits.files
      ? []
      : [
          uploadFinding('CLI0006', {
            count: files.length,
            limit: uploadLimits.files,
            largest: largest(files, () => 1),
          }),
        ]),
    ...(bytes <= uploadLimits.totalBytes
      ? []
      : [
          uploadFinding('CLI0007', {
            bytes,
            limit: uploadLimits.totalBytes,
            largest: largest(files, ({ size }) => size),
          }),
        ]),
  ];
}

/** What is mounted from one place becomes one object. */
export function fileSetFindings(file: string, files: readonly Sized[], place: DiagnosticPlace): readonly Diagnostic[] {
  const bytes = bytesOf(files);
  return bytes <= FILE_SET_BYTES_MAX
    ? []
    : [uploadFinding('CLI0008', { file, bytes, limit: FILE_SET_BYTES_MAX }, place)];
}

function bytesOf(files: readonly Sized[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

/** The folder at the top, or the file there, that has most. */
function largest(files: readonly Sized[], measure: (file: Sized) => number): string {
  const sums = new Map<string, number>();
  for (const file of files) {
    const [top = ''] = file.path.split('/', 1);
    sums.set(top, (sums.get(top) ?? 0) + measure(file));
  }
  return [...sums].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '';
}
