import { Injectable } from '@nestjs/common';
import { events, operations } from '@ushadow/contracts';
import { ProcessIdentity } from './process-identity.ts';
import type { ClusterConnection } from '@ushadow/kubernetes';
import { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { RpcCaller, type EventBus } from '@ushadow/messaging';
import { Redactor } from '@ushadow/secrets';

interface Opened {
  readonly clusterId: string;
  readonly credentialVersion: number;
  readonly transport: KubernetesTransport;
}

/**
 * One transport per cluster, for all deployments of this process; a new one after its credentials changed. Where the server
 * is follows its name: with each connection that is handed out, and when none of the known addresses can be reached.
 */
@Injectable()
export class ClusterConnections {
  private readonly opened = new Map<string, Opened>();
  /** Of credentials that were replaced, for the deployments that have begun with them. */
  private readonly former = new Set<Opened>();

  constructor(
    private readonly caller: RpcCaller,
    private readonly redactor: Redactor,
    private readonly identity: ProcessIdentity,
  ) {}

  /** Asks cluster-service each time: a cluster that was removed is refused, and rotated credentials are taken up. */
  async to(clusterId: string): Promise<KubernetesTransport> {
    const { credentialVersion, connection } = await this.ask(clusterId);
    const known = this.opened.get(clusterId);
    if (known?.credentialVersion === credentialVersion) {
      known.transport.moveTo(connection.pinnedAddresses ?? []);
      return known.transport;
    }
    this.redactor.add(...Object.values(connection.auth));
    const transport = new KubernetesTransport(connection, {
      userAgent: this.identity.userAgent,
      askAddresses: () => this.addressesOf(clusterId, credentialVersion),
    });
    this.opened.set(clusterId, { clusterId, credentialVersion, transport });
    for (const former of this.former) if (former.transport.isIdle) this.former.delete(former);
    // Deployments under way go on with the former one while it is good; its connections end with their last calls.
    if (known !== undefined) {
      known.transport.release();
      this.former.add(known);
    }
    return transport;
  }

  /** Drops the connections to a cluster as soon as it is removed. */
  forgetRemoved(bus: EventBus): void {
    bus.listen(events.clusterRemoved, undefined, ({ cluster_id }) => void this.forget(cluster_id));
  }

  async close(): Promise<void> {
    const all = [...this.opened.values(), ...this.former].map(({ clusterId }) => clusterId);
    await Promise.all([...new Set(all)].map((clusterId) => this.forget(clusterId)));
  }

  private async forget(clusterId: string): Promise<void> {
    const all = [...this.opened.values(), ...this.former].filter((each) => each.clusterId === clusterId);
    this.opened.delete(clusterId);
    for (const each of all) this.former.delete(each);
    await Promise.all(all.map(({ transport }) => transport.close()));
  }

  private async ask(clusterId: string): Promise<{ credentialVersion: number; connection: ClusterConnection }> {
    const answer = await this.caller.call(operations.openConnection, { cluster_id: clusterId });
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
