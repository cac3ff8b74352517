/** Stable codes; texts may change. */
export type KubeconfigProblemCode =
  | 'TOO_LARGE'
  | 'NOT_YAML'
  | 'TOO_DEEP'
  | 'DUPLICATE_KEY'
  | 'ALIAS_BOMB'
  | 'MULTIPLE_DOCUMENTS'
  | 'NOT_A_KUBECONFIG'
  | 'CONTEXT_MISSING'
  | 'CONTEXT_UNKNOWN'
  | 'NAME_AMBIGUOUS'
  | 'CLUSTER_UNKNOWN'
  | 'USER_UNKNOWN'
  | 'SERVER_INVALID'
  | 'SERVER_NOT_HTTPS'
  | 'CA_FILE'
  | 'CA_INVALID'
  | 'INSECURE_TLS'
  | 'PROXY_URL'
  | 'TLS_SERVER_NAME_INVALID'
  | 'EXEC_PLUGIN'
  | 'AUTH_PROVIDER'
  | 'TOKEN_FILE'
  | 'CLIENT_CERTIFICATE_FILE'
  | 'CLIENT_KEY_FILE'
  | 'CLIENT_CERTIFICATE_INVALID'
  | 'TOKEN_INVALID'
  | 'BASIC_AUTH'
  | 'IMPERSONATION'
  | 'CREDENTIALS_MISSING'
  | 'NAMESPACE_INVALID';

/** Why a kubeconfig cannot be used. Never carries a value of the document. */
export interface KubeconfigProblem {
  readonly code: KubeconfigProblemCode;
  /** e.g. `users[0].user.exec`; empty for the document itself. */
  readonly path: string;
  readonly message: string;
  /** What the user can do. */
  readonly remedy: string;
  /** 1-based. */
  readonly line?: number;
  readonly column?: number;
}
