import { X509Certificate } from 'node:crypto';
import type { ClusterAuth } from '@ushadow/kubernetes';

/** When a credential says it expires: `exp` of a JSON web token, or the certificate's last day. Null when it does not say. */
export function credentialExpiry(auth: ClusterAuth): Date | null {
  return 'token' in auth ? tokenExpiry(auth.token) : certificateExpiry(auth.clientCertificateData);
}

function tokenExpiry(token: string): Date | null {
  const [, payload, signature] = token.split('.');
  if (payload === undefined || signature === undefined) return null;
  try {
    const { exp } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { exp?: unknown };
    return typeof exp === 'number' ? validDate(exp * 1000) : null;
  } catch {
    return null;
  }
}

function certificateExpiry(base64: string): Date | null {
  try {
    return validDate(new X509Certificate(Buffer.from(base64, 'base64')).validToDate.getTime());
  } catch {
    return null;
  }
}

function validDate(milliseconds: number): Date | null {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 ? null : date;
}
