import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { events, failure, operations, type InputOf } from '@ushadow/contracts';
import type { ClusterConnection } from '@ushadow/kubernetes';
import { EventBus } from '@ushadow/messaging';
import { AddressPolicy } from '../address/address-policy.ts';
import { resolveServer } from '../address/resolve-server.ts';
import { checkConnection, type ConnectionCheck } from '../check/check-connection.ts';
import { CredentialVault } from '../credentials/credential-vault.ts';
import { readUpload } from '../kubeconfig/read-upload.ts';
import { CheckSchedule } from '../status/check-schedule.ts';
import { ClusterStore } from './cluster.store.ts';
import type { Cluster } from './cluster.ts';

const operation = operations.registerCluster;
type Input = InputOf<typeof operation>;

const DEFAULT_NAMESPACE = 'ushadow';
const ID_BYTES = 8;

/** Registers a cluster: the kubeconfig is read, its address judged, the API server asked; only then is anything stored. */
@Injectable()
export class RegisterCluster {
  constructor(
    private readonly store: ClusterStore,
    private readonly vault: CredentialVault,
    private readonly policy: AddressPolicy,
    private readonly schedule: CheckSchedule,
    private readonly bus: EventBus,
  ) {}

  async run(input: Input): Promise<Cluster> {
    const { context, connection } = readUpload(input.kubeconfig, input.context);
    if (await this.store.isNameTaken(input.name)) throw nameTaken(input.name);
    const check = await this.look(connection);
    if (check.status !== 'connected') refuseFailed(check, input.allow_unreachable ?? false);
    const id = randomBytes(ID_BYTES).toString('hex');
    const now = new Date();
    const { server } = connection;
    const { name, labels = {}, namespace = DEFAULT_NAMESPACE } = input;
    const cluster = await this.store.create(
      { id, name, context, server, namespace, labels, ...this.vault.seal(id, 1, connection) },
      check,
      now,
      this.schedule.next(now, check.status, 0),
    );
    if (cluster === undefined) throw nameTaken(name);
    this.bus.announce(events.clusterRegistered, { cluster_id: id, name });
    return cluster;
  }

  private async look(connection: ClusterConnection): Promise<ConnectionCheck> {
    const resolved = await resolveServer(connection.server, this.policy);
    if (resolved.kind === 'forbidden') {
      const message = `The API server’s address is refused: ${resolved.reason}.`;
      throw failure(operation, 'ADDRESS_FORBIDDEN', message, { details: { field: 'server' } });
    }
    if (resolved.kind === 'unresolved') return unresolved;
    return checkConnection({ ...connection, pinnedAddress: resolved.address });
  }
}

export const unresolved: ConnectionCheck = {
  status: 'unreachable',
  cause: 'dns',
  reason: 'the host name of the API server does not resolve; check `server` in the kubeconfig',
  version: null,
  nodeCount: null,
};

/** A wrong credential is never stored; an unreachable server is when the user insists. */
function refuseFailed(check: ConnectionCheck, allowUnreachable: boolean): void {
  const details = { cause: check.cause, reason: check.reason };
  if (check.status === 'unauthorized') {
    throw failure(operation, 'CLUSTER_UNAUTHORIZED', `The cluster was not registered: ${check.reason ?? ''}.`, {
      details,
    });
  }
  if (allowUnreachable) return;
  throw failure(operation, 'CLUSTER_UNREACHABLE', `The cluster was not registered: ${check.reason ?? ''}.`, {
    details,
  });
}

function nameTaken(name: string) {
  return failure(operation, 'CLUSTER_NAME_TAKEN', `Another cluster is called "${name}"; choose another name.`);
}
