import type { ObjectId } from '@ushadow/kubernetes';
import type { FailureCode } from './failure-code.ts';

/** A place in what people wrote, e.g. `/services/web/image` at line 12 of `compose.yaml`. */
export interface SourcePlace {
  /** Pointer into the source document. */
  readonly path: string;
  readonly file?: string;
  /** Line and column count from 1. */
  readonly line?: number;
  readonly column?: number;
}

/** What supports a finding: a field of an object, an event, log lines, or an answer of the API server. */
export interface Evidence {
  readonly kind: 'field' | 'event' | 'log' | 'response';
  /** Field path, event reason, container name, or request. */
  readonly path: string;
  readonly value: string;
  readonly count?: number;
  /** Path in the object, where the finding is about one of its fields. */
  readonly field?: string;
  readonly source?: SourcePlace;
}

/** Why something failed: a stable code, one sentence for people, what supports it, and what to do. */
export interface Failure {
  readonly code: FailureCode;
  readonly message: string;
  readonly object?: ObjectId;
  readonly container?: string;
  /** Path in the object that is to blame, where one is known. */
  readonly field?: string;
  /** Where that was written, so that it can be changed there. */
  readonly source?: SourcePlace;
  readonly remedy?: string;
  readonly evidence: readonly Evidence[];
}

/** A failure met while running, which may still clear. */
export interface Cause extends Failure {
  readonly id: string;
  readonly object: ObjectId;
  /** `pending` may clear by itself; `final` fails the deployment; `warning` never does. */
  readonly severity: 'pending' | 'final' | 'warning';
  /** Milliseconds since the epoch. */
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly observations: number;
}
