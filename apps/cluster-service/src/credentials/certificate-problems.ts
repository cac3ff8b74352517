import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { ClusterConnection, CredentialField, KubeconfigProblem, KubeconfigResult } from '@ushadow/kubernetes';

type Place = Extract<KubeconfigResult, { ok: true }>['placeOf'];

/** What only cryptography can tell about certificates: readable, valid now, key belongs to certificate. */
export function certificateProblems(
  { caData, auth }: ClusterConnection,
  placeOf: Place,
  now: Date,
): readonly KubeconfigProblem[] {
  const at = (field: CredentialField, code: KubeconfigProblem['code'], message: string, remedy: string) => [
    { code, message, remedy, ...placeOf(field) },
  ];
  const unreadableCa = caData !== undefined && readCertificate(caData) === undefined;
  const ca = unreadableCa
    ? at(
        'certificate-authority-data',
        'CA_INVALID',
        'the certificate authority is no readable X.509 certificate',
        COPY_WHOLE,
      )
    : [];
  if ('token' in auth) return ca;
  const problem = clientProblem(auth, now);
  return problem === undefined
    ? ca
    : [...ca, ...at(problem.field, 'CLIENT_CERTIFICATE_INVALID', problem.message, problem.remedy)];
}

const COPY_WHOLE = 'copy the field whole, on one line';
const CERTIFICATE = 'client-certificate-data';

interface ClientProblem {
  readonly field: CredentialField;
  readonly message: string;
  readonly remedy: string;
}

function clientProblem(
  auth: { readonly clientCertificateData: string; readonly clientKeyData: string },
  now: Date,
): ClientProblem | undefined {
  const certificate = readCertificate(auth.clientCertificateData);
  if (certificate === undefined) {
    return { field: CERTIFICATE, message: 'no readable X.509 certificate', remedy: COPY_WHOLE };
  }
  const { validFromDate, validToDate } = certificate;
  if (validToDate < now) {
    const message = `the client certificate expired at ${validToDate.toISOString()}`;
    return { field: CERTIFICATE, message, remedy: 'ask the cluster’s administrator for a new one, or use a token' };
  }
  if (validFromDate > now) {
    const message = `the client certificate is not valid before ${validFromDate.toISOString()}`;
    const remedy = `the clock of this host says ${now.toISOString()}: set it right, or the one of the issuer`;
    return { field: CERTIFICATE, message, remedy };
  }
  if (belongsTo(certificate, auth.clientKeyData)) return undefined;
  const message = 'the key does not belong to the client certificate, or cannot be read';
  return { field: 'client-key-data', message, remedy: 'take certificate and key from the same user' };
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
