import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { ClusterConnection, KubeconfigProblem } from '@ushadow/kubernetes';

/** What only cryptography can tell about certificates: readable, still valid, key belongs to certificate. */
export function certificateProblems(connection: ClusterConnection, now: Date): readonly KubeconfigProblem[] {
  const { caData, auth } = connection;
  const problems: KubeconfigProblem[] = [];
  if (caData !== undefined && readCertificate(caData) === undefined) {
    const message = 'the certificate authority is no readable X.509 certificate';
    problems.push({ code: 'CA_INVALID', path: 'cluster.certificate-authority-data', message, remedy: COPY_WHOLE });
  }
  if (!('token' in auth)) problems.push(...clientProblems(auth, now));
  return problems;
}

const COPY_WHOLE = 'copy the field whole, on one line';
const code = 'CLIENT_CERTIFICATE_INVALID';

function clientProblems(
  auth: { readonly clientCertificateData: string; readonly clientKeyData: string },
  now: Date,
): KubeconfigProblem[] {
  const path = 'user.client-certificate-data';
  const certificate = readCertificate(auth.clientCertificateData);
  if (certificate === undefined) {
    return [{ code, path, message: 'no readable X.509 certificate', remedy: COPY_WHOLE }];
  }
  if (certificate.validToDate < now) {
    const message = `the client certificate expired on ${certificate.validToDate.toISOString().slice(0, 10)}`;
    return [{ code, path, message, remedy: 'ask the cluster’s administrator for a new one, or use a token' }];
  }
  if (belongsTo(certificate, auth.clientKeyData)) return [];
  const message = 'the key does not belong to the client certificate, or cannot be read';
  return [{ code, path: 'user.client-key-data', message, remedy: 'take certificate and key from the same user' }];
}

function readCertificate(base64: string): X509Certificate | undefined {
  try {
    return new X509Certificate(Buffer.from(base64, 'base64'));
  } catch {
    return undefined;
  }
}

function belongsTo(certificate: X509Certificate, keyBase64: string): boolean {
  try {
    return certificate.checkPrivateKey(createPrivateKey(Buffer.from(keyBase64, 'base64')));
  } catch {
    return false;
  }
}
