import { failure, operations } from '@ushadow/contracts';
import type { ClusterConnection } from '@ushadow/kubernetes';
import type { AddressPolicy } from '../address/address-policy.ts';
import { resolveServer } from '../address/resolve-server.ts';
import { checkConnection, type ConnectionCheck } from './check-connection.ts';

const operation = operations.registerCluster;

const unresolved: ConnectionCheck = {
  status: 'unreachable',
  cause: 'dns',
  reason: 'the host name of the API server does not resolve; check `server` in the kubeconfig',
  version: null,
  nodeCount: null,
};

/** The live check of a connection somebody uploaded. Throws ADDRESS_FORBIDDEN before anything is contacted. */
export async function checkUpload(connection: ClusterConnection, policy: AddressPolicy): Promise<ConnectionCheck> {
  const resolved = await resolveServer(connection.server, policy);
  if (resolved.kind === 'forbidden') {
    const message = `The API server’s address is refused: ${resolved.reason}.`;
    throw failure(operation, 'ADDRESS_FORBIDDEN', message, { details: { field: 'server' } });
  }
  if (resolved.kind === 'unresolved') return unresolved;
  return checkConnection({ ...connection, pinnedAddress: resolved.address });
}

/** A credential that is not accepted is never stored; one of an unreachable server is when the user insists. */
export function refuseFailed(check: ConnectionCheck, { allowUnreachable }: { allowUnreachable: boolean }): void {
  if (check.status === 'connected' || (check.status === 'unreachable' && allowUnreachable)) return;
  const code = check.status === 'unauthorized' ? 'CLUSTER_UNAUTHORIZED' : 'CLUSTER_UNREACHABLE';
  throw failure(operation, code, `Nothing was stored: ${check.reason ?? ''}.`, {
    details: { cause: check.cause, reason: check.reason },
  });
}
