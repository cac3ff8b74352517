import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { events, operations } from '@ushadow/contracts';
import type { ClusterConnection } from '@ushadow/kubernetes';
import { ClusterTransports } from '@ushadow/kubernetes/transport';
import { BusConnection, EventBus, RpcCaller } from '@ushadow/messaging';
import { Redactor } from '@ushadow/secrets';
import { randomUUID } from 'node:crypto';

/** The transports of this process, with the credentials that cluster-service has: asked for each time. */
@Injectable()
export class ClusterConnections extends ClusterTransports implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    caller: RpcCaller,
    redactor: Redactor,
    private readonly connection: BusConnection,
    private readonly bus: EventBus,
  ) {
    super({
      userAgent: `ushadow-operations/${randomUUID()}`,
      mask: (secrets) => redactor.add(...secrets),
      ask: async (clusterId) => {
        const answer = await caller.call(operations.openConnection, { cluster_id: clusterId });
        return {
          credentialVersion: answer.credential_version,
          connection: answer.connection as unknown as ClusterConnection,
        };
      },
    });
  }

  onApplicationBootstrap(): void {
    void this.connection.opened().then(() => {
      this.bus.listen(events.clusterRemoved, undefined, ({ cluster_id }) => void this.forget(cluster_id));
    });
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.close();
  }
}
