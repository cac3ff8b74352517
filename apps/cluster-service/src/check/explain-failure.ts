import { KubernetesApiError } from '@ushadow/kubernetes';
import type { CredentialTimes } from '../credentials/credential-times.ts';
import { failedCheck, type CheckCause, type ClusterStatus, type ConnectionCheck } from './connection-check.ts';

/** What the words depend on beside the error. */
export interface Circumstances {
  /** This host's clock. */
  readonly now: Date;
  readonly times: CredentialTimes;
}

interface CauseRow {
  readonly cause: CheckCause;
  readonly status: ClusterStatus;
  readonly matches: (error: KubernetesApiError) => boolean;
  readonly text: (error: KubernetesApiError, circumstances: Circumstances) => string;
}

const reasonIn =
  (...reasons: readonly string[]) =>
  (error: KubernetesApiError) =>
    reasons.includes(error.reason);
const httpStatusIn =
  (...codes: readonly number[]) =>
  (error: KubernetesApiError) =>
    codes.includes(error.httpStatus);

/** First row that matches. Texts say what to do; bodies of foreign servers are not repeated. */
const rows: readonly CauseRow[] = [
  {
    cause: 'dns',
    status: 'unreachable',
    matches: reasonIn('NameNotFound'),
    text: () => 'the host name of the API server does not resolve; check `server` in the kubeconfig',
  },
  {
    cause: 'refused',
    status: 'unreachable',
    matches: reasonIn('ConnectionRefused'),
    text: () => 'nothing listens at the API server’s address, or a firewall refuses; check host and port',
  },
  {
    cause: 'timeout',
    status: 'unreachable',
    matches: reasonIn('ConnectTimeout', 'DeadlineExceeded'),
    text: () => 'the API server did not answer in time; check that this host may reach it',
  },
  {
    cause: 'tls',
    status: 'unreachable',
    matches: reasonIn('TlsFailed'),
    text: ({ message, networkCode = '' }, { now }) => `${message}: ${tlsAdvice(networkCode, now)}`,
  },
  {
    cause: 'unauthorized',
    status: 'unauthorized',
    matches: httpStatusIn(401),
    text: (_error, circumstances) => unacceptedText(circumstances),
  },
  {
    cause: 'forbidden',
    status: 'unauthorized',
    matches: httpStatusIn(403),
    text: () => 'the API server knows the credential but allows it nothing; bind a role to it',
  },
  {
    cause: 'overloaded',
    status: 'unreachable',
    matches: ({ httpStatus }) => httpStatus === 429 || httpStatus >= 500,
    text: ({ httpStatus }) => `the API server answers HTTP ${String(httpStatus)}; it may be starting or overloaded`,
  },
  {
    cause: 'lost',
    status: 'unreachable',
    matches: (error) => error.httpStatus === 0 && error.reason === 'ConnectionLost',
    text: ({ message }) => message,
  },
];

/** A failed check of an API server as its verdict. */
export function explainFailure(error: unknown, circumstances: Circumstances): ConnectionCheck {
  const known = error instanceof KubernetesApiError ? rows.find((row) => row.matches(error)) : undefined;
  if (known !== undefined && error instanceof KubernetesApiError) {
    return failedCheck(known.status, known.cause, known.text(error, circumstances));
  }
  const reason = 'the server at this address does not answer like a Kubernetes API server; check `server` and its path';
  return failedCheck('unreachable', 'not-kubernetes', reason);
}

/** By the clock of this host: the one thing the two sides can disagree on without anybody having changed anything. */
function tlsAdvice(code: string, now: Date): string {
  const clock = `the clock of this host says ${now.toISOString()}`;
  if (code === 'CERT_NOT_YET_VALID') {
    return `${clock}; if that is right, the clock of the API server’s host was ahead when the certificate was made`;
  }
  if (code === 'CERT_HAS_EXPIRED') {
    return `${clock}; if that is right, the certificate of the API server has to be renewed`;
  }
  if (/ALTNAME|HOSTNAME/.test(code)) {
    return 'use a name that the certificate has in `server`, or name it in tls-server-name';
  }
  return 'is certificate-authority-data the CA of this server, and does `server` name the right host and port?';
}

function unacceptedText({ now, times: { expires, notBefore } }: Circumstances): string {
  const refused = 'the API server does not accept the credential';
  if (expires !== null && expires <= now) {
    return `${refused}: it expired at ${expires.toISOString()}; replace it with a fresh one`;
  }
  if (notBefore !== null && notBefore > now) {
    const clocks = `the clock of this host says ${now.toISOString()}, so this clock or the one of the issuer is wrong`;
    return `${refused}: it is not valid before ${notBefore.toISOString()}; ${clocks}`;
  }
  return `${refused}; it may have expired or been revoked`;
}
