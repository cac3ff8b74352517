import { failure, operations } from '@ushadow/contracts';
import type { ClusterConnection } from '@ushadow/kubernetes';
import { resolveServer, type AddressPolicy } from '@ushadow/outbound';
import { checkConnection } from './check-connection.ts';
import { failedCheck, type ConnectionCheck } from './connection-check.ts';

const operation = operations.registerCluster;

export interface UploadCheck {
  readonly check: ConnectionCheck;
  /** With the addresses that have just passed the policy; absent when the name does not resolve. */
  readonly pinned?: ClusterConnection;
}

/** The live check of a connection somebody uploaded. Throws ADDRESS_FORBIDDEN before anything is contacted. */
export async function checkUpload(connection: ClusterConnection, policy: AddressPolicy): Promise<UploadCheck> {
  const resolved = await resolveServer(connection.server, policy);
  if (resolved.kind === 'forbidden') {
    const message = `The API server’s address is refused: ${resolved.reason}.`;
    throw failure(operation, 'ADDRESS_FORBIDDEN', message, { details: { field: 'server' } });
  }
  if (resolved.kind === 'unresolved') {
    const reason = 'the host name of the API server does not resolve; check `server` in the kubeconfig';
    return { check: failedCheck('unreachable', 'dns', reason) };
  }
  const pinned = { ...connection, pinnedAddresses: resolved.addresses };
  return { check: await checkConnection(pinned), pinned };
}

/** A credential that is not accepted is never stored; one of an unreachable server is when the user insists. */
export function refuseFailed(check: ConnectionCheck, { allowUnreachable }: { allowUnreachable: boolean }): void {
  if (check.status === 'connected' || (check.status === 'unreachable' && allowUnreachable)) return;
  const code = check.status === 'unauthorized' ? 'CLUSTER_UNAUTHORIZED' : 'CLUSTER_UNREACHABLE';
  throw failure(operation, code, `Nothing was stored: ${check.reason ?? ''}.`, {
    details: { cause: check.cause, reason: check.reason },
  });
}
