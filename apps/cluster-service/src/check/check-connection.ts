import { classifyError, KubernetesApiError, type ClusterConnection } from '@ushadow/kubernetes';
import { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { credentialTimes } from '../credentials/credential-times.ts';
import type { ConnectionCheck } from './connection-check.ts';
import { explainFailure } from './explain-failure.ts';

const CHECK_MS = 8_000;
const CONNECT_MS = 4_000;
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

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
    const [nodeCount, systemUid] = await Promise.all([countNodes(transport), readSystemUid(transport)]);
    return { status: 'connected', cause: null, reason: null, version, nodeCount, systemUid };
  } catch (error) {
    return explainFailure(error, { now: new Date(), times: credentialTimes(connection.auth) });
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

function countNodes(transport: KubernetesTransport): Promise<number | null> {
  return whereAnswered(transport.count({ group: '', version: 'v1', kind: 'Node' }));
}

async function readSystemUid(transport: KubernetesTransport): Promise<string | null> {
  const id = { group: '', version: 'v1', kind: 'Namespace', name: 'kube-system' };
  return (await whereAnswered(transport.get(id)))?.metadata?.uid ?? null;
}

/** Null when the API server answers and does not say: a credential of one namespace may not see either. */
async function whereAnswered<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof KubernetesApiError && error.httpStatus > 0) return null;
    throw error;
  }
}
