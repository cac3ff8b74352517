import type { TransportReason } from '../errors/kubernetes-api-error.ts';
import { KubernetesApiError } from '../errors/kubernetes-api-error.ts';
import { tlsReason } from './tls-reason.ts';

interface NetworkRow {
  readonly codes: RegExp;
  readonly reason: TransportReason;
  readonly message: string | ((code: string) => string);
}

const ROWS: readonly NetworkRow[] = [
  { codes: /^(ENOTFOUND|EAI_)/, reason: 'NameNotFound', message: 'the host name of the API server does not resolve' },
  { codes: /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)/, reason: 'ConnectionRefused', message: 'connection refused' },
  { codes: /^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)/, reason: 'ConnectTimeout', message: 'connecting took too long' },
  {
    codes: /^(UND_ERR_HEADERS_OVERFLOW|HPE_HEADER_OVERFLOW|ERR_HTTP2_MAX_HEADER)/,
    reason: 'ResponseTooLarge',
    message: 'the API server’s answer is too large: headers of more than 16 KiB',
  },
  {
    codes: /CERT|^ERR_TLS|^ERR_SSL|^EPROTO|SIGNATURE|ISSUER|CRL|^ERR_OSSL|^INVALID_CA|^HOSTNAME_MISMATCH/,
    reason: 'TlsFailed',
    message: tlsReason,
  },
];

/** Maps an error thrown below HTTP. The text of the original error is not passed on: it can hold addresses. */
export function networkError(error: unknown): KubernetesApiError {
  if (error instanceof KubernetesApiError) return error;
  const code = codeOf(error);
  const row = ROWS.find(({ codes }) => codes.test(code));
  const suffix = code === '' ? '' : ` (${code})`;
  const { message = 'the connection to the API server was lost' } = row ?? {};
  return new KubernetesApiError({
    httpStatus: 0,
    reason: row?.reason ?? 'ConnectionLost',
    message: `${typeof message === 'string' ? message : message(code)}${suffix}`,
    ...(code === '' ? {} : { networkCode: code }),
  });
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  if (typeof code === 'string') return code;
  if (Array.isArray(errors)) return codeOf(errors[0]);
  return cause === undefined ? '' : codeOf(cause);
}
