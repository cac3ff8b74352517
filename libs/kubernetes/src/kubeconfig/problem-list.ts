import { formatPath } from './entries.ts';
import type { KubeconfigProblem, KubeconfigProblemCode } from './problem.ts';
import type { DocumentPath } from './read-document.ts';

/** Collects problems and adds the position of each. */
export class ProblemList {
  readonly all: KubeconfigProblem[] = [];
  readonly #locate: (path: DocumentPath) => { line: number; column: number } | undefined;

  constructor(locate: (path: DocumentPath) => { line: number; column: number } | undefined) {
    this.#locate = locate;
  }

  add(code: KubeconfigProblemCode, path: DocumentPath, message: string, remedy: string): void {
    this.all.push({ code, path: formatPath(path), message, remedy, ...this.#locate(path) });
  }
}
