import type { Position } from '../positions.ts';

export type Severity = 'error' | 'warning' | 'info';

export type DiagnosticParams = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** One finding, as data. */
export interface Diagnostic {
  /** Stable code, e.g. `CPS0201`; its meaning never changes. */
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
  /** JSON pointer into the project (or into the file that was read); empty: the whole. */
  readonly path: string;
  readonly position?: Position;
  readonly params?: DiagnosticParams;
}
