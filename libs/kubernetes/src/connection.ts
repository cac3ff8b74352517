import { decodeBase64Text } from './base64.ts';

/** How to prove who we are. `...Data` fields are base64 of PEM, as in a kubeconfig. */
export type ClusterAuth =
  { readonly token: string } | { readonly clientCertificateData: string; readonly clientKeyData: string };

/** All that is needed to reach one API server; an allow-listed record, never a kubeconfig document. */
export interface ClusterConnection {
  /** `https://host[:port][/path]`, without user, query or fragment. */
  readonly server: string;
  /** Base64 of the PEM of the authorities to trust. Absent: those the platform trusts. */
  readonly caData?: string;
  /** Name to verify and to send as SNI, where it differs from the server's host. */
  readonly tlsServerName?: string;
  readonly auth: ClusterAuth;
  /** IP addresses that passed the address policy; connections go to one of them and the name is never resolved again. */
  readonly pinnedAddresses?: readonly string[];
}
/** True for base64 of at least one PEM block whose label ends as given. */
export function isPemData(data: string, label: 'CERTIFICATE' | 'PRIVATE KEY'): boolean {
  const text = decodeBase64Text(data);
  if (text === undefined) return false;
  const block = /-----BEGIN ([A-Z0-9 ]+)-----\r?\n[A-Za-z0-9+/=\r\n]+-----END \1-----/.exec(text);
  return block?.[1]?.endsWith(label) === true;
}
