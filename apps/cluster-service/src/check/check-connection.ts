import { classifyError, KubernetesApiError, type ClusterConnection } from '@ushadow/kubernetes';
import { KubernetesTransport } from '@ushadow/kubernetes/transport';

export type ClusterStatus = 'connected' | 'unreachable' | 'unauthorized';

/** What one look at a cluster showed. */
export interface ConnectionCheck {
  readonly status: ClusterStatus;
  /** Stable word for programs; null when all is well. */
  readonly cause: CheckCause | null;
  /** For people: why, and what to do. */
  readonly reason: string | null;
  readonly version: string | null;
  /** Null when it could not be seen. */
  readonly nodeCount: number | null;
}

export type CheckCause =
  | 'dns'
  | 'refused'
  | 'timeout'
  | 'tls'
  | 'unauthorized'
  | 'forbidden'
  | 'overloaded'
  | 'lost'
  | 'not-kubernetes'
  /** The host resolves to an address this installation does not connect to. */
  | 'address-forbidden';

const CHECK_MS = 8_000;
const CONNECT_MS = 4_000;
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** Tries a connection: is it a Kubernetes API server, does it accept us, what does it run? Never throws. */
export async function checkConnection(connection: ClusterConnection): Promise<ConnectionCheck> {
  const transport = new KubernetesTransport(connection, {
    callDeadlineMs: CHECK_MS,
    attemptDeadlineMs: CHECK_MS,
    connectTimeoutMs: CONNECT_MS,
    responseMaxBytes: MAX_ANSWER_BYTES,
    // A person waits for the answer: the schedule tries again.
    retryBudget: { totalWaitMs: 0, firstWaitMs: 1, maxWaitMs: 1 },
  });
  try {
    const version = await readVersion(transport);
    return { status: 'connected', cause: null, reason: null, version, nodeCount: await countNodes(transport) };
  } catch (error) {
    return failedCheck(error);
  } finally {
    await transport.close();
  }
}

/** Version, and proof that the credential is accepted: `/version` alone is open to anonymous callers on most clusters. */
async function readVersion(transport: KubernetesTransport): Promise<string | null> {
  await transport.selfSubjectRulesReview('default');
  try {
    return (await transport.version()).gitVersion || null;
  } catch (error) {
    if (error instanceof KubernetesApiError && classifyError(error) === 'forbidden') return null;
    throw error;
  }
}

async function countNodes(transport: KubernetesTransport): Promise<number | null> {
  try {
    return (await transport.list({ group: '', version: 'v1', kind: 'Node' })).items.length;
  } catch (error) {
    if (error instanceof KubernetesApiError && error.httpStatus > 0) return null;
    throw error;
  }
}

interface CauseRow {
  readonly cause: CheckCause;
  readonly status: ClusterStatus;
  readonly matches: (error: KubernetesApiError) => boolean;
  readonly text: (error: KubernetesApiError) => string;
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
    text: ({ message }) =>
      `${message}: is certificate-authority-data the CA of this server, and does its certificate name this host?`,
  },
  {
    cause: 'unauthorized',
    status: 'unauthorized',
    matches: httpStatusIn(401),
    text: () => 'the API server does not accept the credential; it may have expired or been revoked',
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
    text: ({ httpStatus }) => `the API server answers HTTP ${httpStatus}; it may be starting or overloaded`,
  },
  {
    cause: 'lost',
    status: 'unreachable',
    matches: (error) => error.httpStatus === 0 && error.reason === 'ConnectionLost',
    text: ({ message }) => message,
  },
];

function failedCheck(error: unknown): ConnectionCheck {
  const known = error instanceof KubernetesApiError ? rows.find((row) => row.matches(error)) : undefined;
  const base = { version: null, nodeCount: null };
  if (known === undefined || !(error instanceof KubernetesApiError)) {
    const reason =
      'the server at this address does not answer like a Kubernetes API server; check `server` and its path';
    return { ...base, status: 'unreachable', cause: 'not-kubernetes', reason };
  }
  return { ...base, status: known.status, cause: known.cause, reason: known.text(error) };
}
