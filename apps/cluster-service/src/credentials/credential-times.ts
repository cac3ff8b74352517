import { X509Certificate } from 'node:crypto';
import type { ClusterAuth } from '@ushadow/kubernetes';

/** What a credential says of its own life. Nothing here is verified: the API server decides. */
export interface CredentialTimes {
  /** `nbf` of a JSON web token; null when it does not say. */
  readonly notBefore: Date | null;
  /** `exp` of a JSON web token, or the certificate's last moment; null when it does not say. */
  readonly expires: Date | null;
  /** A JSON web token without an end: the older tokens of ServiceAccounts. */
  readonly endless: boolean;
}

export function credentialTimes(auth: ClusterAuth): CredentialTimes {
  return 'token' in auth ? tokenTimes(auth.token) : certificateTimes(auth.clientCertificateData);
}

const SILENT: CredentialTimes = { notBefore: null, expires: null, endless: false };

function tokenTimes(token: string): CredentialTimes {
  const [, payload, signature] = token.split('.');
  if (payload === undefined || signature === undefined) return SILENT;
  try {
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { exp?: unknown; nbf?: unknown };
    return { notBefore: dateOf(claims.nbf), expires: dateOf(claims.exp), endless: claims.exp === undefined };
  } catch {
    return SILENT;
  }
}

function certificateTimes(base64: string): CredentialTimes {
  try {
    const { validFromDate, validToDate } = new X509Certificate(Buffer.from(base64, 'base64'));
    return { notBefore: validDate(validFromDate), expires: validDate(validToDate), endless: false };
  } catch {
    return SILENT;
  }
}

function dateOf(seconds: unknown): Date | null {
  return typeof seconds === 'number' ? validDate(new Date(seconds * 1000)) : null;
}

function validDate(date: Date): Date | null {
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 ? null : date;
}
