import { failure, operations, uploadLimits, type DomainError } from '@ushadow/contracts';

const operation = operations.uploadProject;

export interface UploadProblem {
  readonly path: string;
  readonly problem: string;
}

export function uploadInvalid(problems: readonly UploadProblem[]): DomainError {
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${String(problems.length - 1)} more)` : '';
  const text = first === undefined ? 'nothing in it' : `${first.path} ${first.problem}`;
  return failure(operation, 'UPLOAD_INVALID', `The upload was not taken: ${text}${more}.`, { details: { problems } });
}

export function uploadTooLarge(what: string): DomainError {
  const { files, fileBytes, totalBytes } = uploadLimits;
  const mebibytes = (bytes: number) => `${String(bytes / 1024 / 1024)} MiB`;
  const limits = `${String(files)} files, ${mebibytes(fileBytes)} each and ${mebibytes(totalBytes)} together`;
  return failure(
    operation,
    'UPLOAD_TOO_LARGE',
    `The upload was not taken: ${what}. At most ${limits}: leave out what Compose does not read.`,
  );
}
