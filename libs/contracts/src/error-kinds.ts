/** What went wrong, seen from the caller. The kind decides the HTTP status, the log level and whether a retry makes sense. */
export const errorKinds = {
  invalid: { status: 422, retryable: false },
  unauthenticated: { status: 401, retryable: false },
  forbidden: { status: 403, retryable: false },
  'not-found': { status: 404, retryable: false },
  conflict: { status: 409, retryable: false },
  unavailable: { status: 503, retryable: true },
  unexpected: { status: 500, retryable: false },
} as const satisfies Record<string, { status: number; retryable: boolean }>;

export type ErrorKind = keyof typeof errorKinds;
