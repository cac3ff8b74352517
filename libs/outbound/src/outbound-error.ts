/** Why there is no answer, for whoever decides what to do about it. */
export type OutboundReason =
  'invalid-url' | 'plaintext' | 'unresolved' | 'forbidden' | 'timeout' | 'tls' | 'network' | 'too-large';

/** A host that could not be asked. The sentence is for people, and holds nothing but the host's name. */
export class OutboundError extends Error {
  override readonly name = 'OutboundError';
  readonly reason: OutboundReason;

  constructor(reason: OutboundReason, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.reason = reason;
  }
}

const TLS_CODES = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH|EPROTO)/;

/** Names what went wrong below HTTP or SMTP. The text of the original error is not passed on: it can hold addresses. */
export function connectionError(host: string, error: unknown): OutboundError {
  if (error instanceof OutboundError) return error;
  const code = codeOf(error);
  if (TLS_CODES.test(code)) return new OutboundError('tls', `${host}: no trusted TLS connection (${code})`, error);
  if (code === 'ETIMEDOUT') return new OutboundError('timeout', `${host} did not answer in time`, error);
  const why = code === 'ECONNREFUSED' ? 'refuses the connection' : `does not answer${code === '' ? '' : ` (${code})`}`;
  return new OutboundError('network', `${host} ${why}`, error);
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  // Several addresses that failed come as one error.
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  const { code, cause } = error as { readonly code?: unknown; readonly cause?: unknown };
  return typeof code === 'string' && /^[A-Z0-9_]{2,60}$/.test(code) ? code : codeOf(cause);
}
