/** How to prove who we are. Client certificates and keys are PEM text. */
export type ClusterAuth =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'client-certificate'; readonly certificatePem: string; readonly keyPem: string };

/** All that is needed to reach one API server; an allow-listed record, never a kubeconfig document. */
export interface ClusterConnection {
  /** `https://host[:port][/path]`, without user, query or fragment. */
  readonly server: string;
  /** PEM of the authorities to trust. Absent: those the platform trusts. */
  readonly caPem?: string;
  /** Name to verify and to send as SNI, where it differs from the server's host. */
  readonly tlsServerName?: string;
  readonly auth: ClusterAuth;
  /** IP address that passed the address policy; the connection goes there and the name is never resolved again. */
  readonly pinnedAddress?: string;
}
