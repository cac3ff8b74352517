import { Injectable } from '@nestjs/common';
import { DomainError, events } from '@ushadow/contracts';
import { EventBus } from '@ushadow/messaging';
import { checkConnection } from '../check/check-connection.ts';
import { failedCheck, type CheckCause, type ClusterStatus, type ConnectionCheck } from '../check/connection-check.ts';
import { endpointOf, identityOf, type ClusterIdentity } from '../identity/cluster-identity.ts';
import { CheckSchedule } from '../status/check-schedule.ts';
import { clusterNotFound } from './get-cluster.ts';
import { ClusterStore } from './cluster.store.ts';
import type { Cluster, StoredCredential } from './cluster.ts';
import { ConnectCluster } from './connect-cluster.ts';

/** Looks at a cluster now and stores its status; says so when it is another than before. */
@Injectable()
export class CheckCluster {
  constructor(
    private readonly store: ClusterStore,
    private readonly connect: ConnectCluster,
    private readonly schedule: CheckSchedule,
    private readonly bus: EventBus,
  ) {}

  /** `failedChecks`: failures in a row so far, for the back-off. */
  async run(id: string, failedChecks = 0): Promise<Cluster> {
    const stored = await this.store.findCredential(id);
    if (stored === undefined) throw clusterNotFound(id);
    const { check, seen } = await this.connectAndCheck(stored);
    const { credentialVersion } = stored;
    const now = new Date();
    const next = this.schedule.next(now, check.status, failedChecks);
    const change = await this.store.recordCheck(id, { check, credentialVersion, seen }, now, next);
    if (change === undefined) throw clusterNotFound(id);
    if (change.changed) {
      this.bus.announce(events.clusterStatusChanged, { cluster_id: id, status: check.status, reason: check.reason });
    }
    return change.cluster;
  }

  private async connectAndCheck(stored: StoredCredential): Promise<CheckResult> {
    try {
      const connection = await this.connect.open(stored);
      const check = await checkConnection(connection);
      return { check, seen: identityOf(endpointOf(connection), check) };
    } catch (error) {
      const status = error instanceof DomainError ? statuses[error.code] : undefined;
      if (status === undefined || !(error instanceof DomainError)) throw error;
      const { cause, reason } = error.details as { cause: CheckCause; reason: string };
      return { check: failedCheck(status, cause, reason) };
    }
  }
}

interface CheckResult {
  readonly check: ConnectionCheck;
  /** Absent where there was no connection to try. */
  readonly seen?: ClusterIdentity;
}

/** What it means for the status when there is no connection to try. */
const statuses: Readonly<Record<string, ClusterStatus>> = {
  CLUSTER_UNREACHABLE: 'unreachable',
  CLUSTER_UNAUTHORIZED: 'unauthorized',
};
