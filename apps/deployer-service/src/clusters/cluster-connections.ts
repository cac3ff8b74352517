import { Injectable } from '@nestjs/common';
import { events, operations } from '@ushadow/contracts';
import type { ClusterConnection } from '@ushadow/kubernetes';
import { ClusterTransports } from '@ushadow/kubernetes/transport';
import { RpcCaller, type EventBus } from '@ushadow/messaging';
import { Redactor } from '@ushadow/secrets';
import { ProcessIdentity } from './process-identity.ts';

/** The transports of this process, with the credentials that cluster-service has: asked for each time. */
@Injectable()
export class ClusterConnections extends ClusterTransports {
  constructor(caller: RpcCaller, redactor: Redactor, { userAgent }: ProcessIdentity) {
    super({
      userAgent,
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

  /** Drops the connections to a cluster as soon as it is removed. */
  forgetRemoved(bus: EventBus): void {
    bus.listen(events.clusterRemoved, undefined, ({ cluster_id }) => void this.forget(cluster_id));
  }
}
