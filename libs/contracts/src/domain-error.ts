import { errorKinds, type ErrorKind } from './error-kinds.ts';
import type { ErrorEnvelope } from './error-envelope.ts';

export interface ErrorDefinition {
  readonly kind: ErrorKind;
  /** What the error means, for the reference; the thrown message is specific. */
  readonly summary: string;
  /** HTTP status where the kind's own does not fit. */
  readonly status?: number;
}

export interface DomainErrorOptions {
  readonly details?: unknown;
  readonly cause?: unknown;
  /** Set when the error came from elsewhere, with the id under which its log can be found. */
  readonly requestId?: string | undefined;
}

/** The only error class that crosses a boundary. `details` must not hold secrets: they reach the caller. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: string;
  readonly kind: ErrorKind;
  readonly details: unknown;
  readonly requestId: string | undefined;

  constructor(code: string, kind: ErrorKind, message: string, options: DomainErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.kind = kind;
    this.details = options.details;
    this.requestId = options.requestId;
  }

  toEnvelope(requestId: string | undefined = this.requestId): ErrorEnvelope {
    return {
      code: this.code,
      kind: this.kind,
      message: this.message,
      retryable: errorKinds[this.kind].retryable,
      ...(this.details === undefined ? {} : { details: this.details }),
      ...(requestId === undefined ? {} : { request_id: requestId }),
    };
  }

  static fromEnvelope(envelope: ErrorEnvelope): DomainError {
    return new DomainError(envelope.code, envelope.kind, envelope.message, {
      details: envelope.details,
      requestId: envelope.request_id,
    });
  }
}
