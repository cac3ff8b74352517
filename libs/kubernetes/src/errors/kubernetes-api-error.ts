export interface ApiErrorCause {
  /** Machine reason, e.g. `FieldValueInvalid`, `FieldManagerConflict`. */
  readonly reason: string;
  /** Path in the object, e.g. `spec.template.spec.containers[0].image`. */
  readonly field?: string;
  readonly message: string;
}

export interface KubernetesApiErrorInit {
  /** 0 when no HTTP answer came. */
  readonly httpStatus: number;
  readonly reason: string;
  readonly message: string;
  readonly causes?: readonly ApiErrorCause[];
  readonly retryAfterMs?: number;
  /** What failed below HTTP, as the platform names it, e.g. `CERT_HAS_EXPIRED`. */
  readonly networkCode?: string;
  /** The object the server speaks of, where it names one. */
  readonly subject?: { readonly kind?: string; readonly name?: string };
}

/** Reasons of our own, beside the `reason` values of Kubernetes `Status` objects. */
export type TransportReason =
  | 'NameNotFound'
  | 'ConnectionRefused'
  | 'ConnectTimeout'
  | 'ConnectionLost'
  | 'TlsFailed'
  | 'DeadlineExceeded'
  | 'ResponseTooLarge'
  | 'UnexpectedRedirect'
  | 'UnexpectedResponse'
  | 'KindNotServed'
  /** Of a command in a container: the image has no such program. */
  | 'CommandNotFound'
  | 'ContainerNotRunning'
  /** Nothing takes connections at that port of the pod. */
  | 'PortRefused'
  | 'Cancelled';

/** Every failure of a call to a cluster: what the API server answered, or why no answer came. */
export class KubernetesApiError extends Error {
  override readonly name = 'KubernetesApiError';
  readonly httpStatus: number;
  readonly reason: string;
  readonly causes: readonly ApiErrorCause[];
  readonly retryAfterMs: number | undefined;
  readonly networkCode: string | undefined;
  readonly subject: { readonly kind?: string; readonly name?: string };

  constructor(init: KubernetesApiErrorInit) {
    super(init.message);
    this.httpStatus = init.httpStatus;
    this.reason = init.reason;
    this.causes = init.causes ?? [];
    this.retryAfterMs = init.retryAfterMs;
    this.networkCode = init.networkCode;
    this.subject = init.subject ?? {};
  }
}
