import { Injectable } from '@nestjs/common';
import { failure, isAllowedIn, operations, type PolicyName, type StackPlaceData, clusterOf } from '@ushadow/contracts';
import { RpcCaller } from '@ushadow/messaging';

const WORDS: Readonly<Record<PolicyName, string>> = {
  exec: 'Commands in containers are',
  port_forward: 'Connections to ports of pods are',
};

/** What may be done with what runs in a cluster, asked of who has it each time. */
@Injectable()
export class Policies {
  constructor(private readonly caller: RpcCaller) {}

  /** @throws DomainError `POLICY_REFUSED` */
  async require(policy: PolicyName, { target, namespace }: StackPlaceData): Promise<void> {
    const { policies, name } = await this.caller.call(operations.getCluster, { cluster_id: clusterOf(target) });
    if (isAllowedIn(policies, policy, namespace)) return;
    const message = `${WORDS[policy]} switched off in the namespace ${namespace} of ${name}. Who administers the cluster can allow them, on its card on the page Clusters.`;
    throw failure(operations.openExec, 'POLICY_REFUSED', message);
  }
}
