import { events, operations } from '@ushadow/contracts';
import type { ClusterConnection } from '@ushadow/kubernetes';
import { KubernetesTransport } from '@ushadow/kubernetes/transport';
import type { EventBus, RpcCaller } from '@ushadow/messaging';
import type { Redactor } from '@ushadow/secrets';

interface Opened {
  readonly credentialVersion: number;
  readonly transport: KubernetesTransport;
}

interface ConnectionParts {
  readonly caller: Pick<RpcCaller, 'call'>;
  readonly redactor: Redactor;
  /** This process, as the clusters' audit logs name it. */
  readonly userAgent: string;
}

/**
 * One transport per cluster, for all deployments of this process; a new one after its credentials changed. Where the server
 * is follows its name: with each connection that is handed out, and when none of the known addresses can be reached.
 */
export class ClusterConnections {
  private readonly parts: ConnectionParts;
  private readonly opened = new Map<string, Opened>();
  private readonly former = new Set<KubernetesTransport>();

  constructor(parts: ConnectionParts) {
    this.parts = parts;
  }

  /** Asks cluster-service each time: a cluster that was removed is refused, and rotated credentials are taken up. */
  async to(clusterId: string): Promise<KubernetesTransport> {
    const { credentialVersion, connection } = await this.ask(clusterId);
    const known = this.opened.get(clusterId);
    if (known?.credentialVersion === credentialVersion) {
      known.transport.moveTo(connection.pinnedAddresses ?? []);
      return known.transport;
    }
    this.parts.redactor.add(...Object.values(connection.auth));
    const transport = new KubernetesTransport(connection, {
      userAgent: this.parts.userAgent,
      askAddresses: () => this.addressesOf(clusterId, credentialVersion),
    });
    this.opened.set(clusterId, { credentialVersion, transport });
    // Deployments under way go on with the former one while it is good; it ends with the last of them, being idle.
    if (known !== undefined) this.former.add(known.transport);
    return transport;
  }

  /** Drops the connection to a cluster as soon as it is removed. */
  forgetRemoved(bus: EventBus): void {
    bus.listen(events.clusterRemoved, undefined, ({ cluster_id }) => void this.forget(cluster_id));
  }

  async close(): Promise<void> {
    await Promise.all([...this.opened.keys()].map((clusterId) => this.forget(clusterId)));
    await Promise.all([...this.former].map((transport) => transport.close()));
  }

  private async forget(clusterId: string): Promise<void> {
    const known = this.opened.get(clusterId);
    this.opened.delete(clusterId);
    await known?.transport.close();
  }

  private async ask(clusterId: string): Promise<{ credentialVersion: number; connection: ClusterConnection }> {
    const answer = await this.parts.caller.call(operations.openConnection, { cluster_id: clusterId });
    return {
      credentialVersion: answer.credential_version,
      connection: answer.connection as unknown as ClusterConnection,
    };
  }

  /** A renewed credential can be for another server: its addresses are not those of this transport. */
  private async addressesOf(clusterId: string, credentialVersion: number): Promise<readonly string[]> {
    const answer = await this.ask(clusterId);
    if (answer.credentialVersion !== credentialVersion) throw new Error('the credential was renewed');
    return answer.connection.pinnedAddresses ?? [];
  }
}
