import { Injectable } from '@nestjs/common';
import { DomainError, events, type InputOf, type operations } from '@ushadow/contracts';
import { EventBus } from '@ushadow/messaging';
import { AddressPolicy } from '@ushadow/outbound';
import { acceptUpload } from '../check/accept-upload.ts';
import { credentialTimes } from '../credentials/credential-times.ts';
import { CredentialVault } from '../credentials/credential-vault.ts';
import { endpointOf, identityOf } from '../identity/cluster-identity.ts';
import { readUpload } from '../kubeconfig/read-upload.ts';
import { CheckSchedule } from '../status/check-schedule.ts';
import { clusterNotFound } from './get-cluster.ts';
import { ClusterStore } from './cluster.store.ts';
import type { RegisteredCluster } from './cluster.ts';

/** Puts a new credential in the place of the old one, which works until the new one has proved itself. */
@Injectable()
export class ReplaceCredential {
  constructor(
    private readonly store: ClusterStore,
    private readonly vault: CredentialVault,
    private readonly policy: AddressPolicy,
    private readonly schedule: CheckSchedule,
    private readonly bus: EventBus,
  ) {}

  async run(input: InputOf<typeof operations.replaceCredential>): Promise<RegisteredCluster> {
    const { cluster_id: id } = input;
    const upload = readUpload(input.kubeconfig, input.context);
    const current = await this.store.findCredential(id);
    if (current === undefined) throw clusterNotFound(id);
    const { check, permissions, warnings } = await acceptUpload(upload, this.policy, {
      namespace: current.namespace,
      allowUnreachable: false,
    });
    const { context, connection } = upload;
    const version = current.credentialVersion + 1;
    const sealed = this.vault.seal(id, version, connection);
    const { server, auth } = connection;
    const replaced = { ...sealed, version, context, server, credentialExpiresAt: credentialTimes(auth).expires };
    if (!(await this.store.replaceCredential(id, replaced))) {
      throw new DomainError('SERVICE_UNAVAILABLE', 'unavailable', 'Another change came in between; try again.');
    }
    const now = new Date();
    const change = await this.store.recordCheck(
      id,
      { check, credentialVersion: version, seen: identityOf(endpointOf(connection), check) },
      now,
      this.schedule.next(now, check.status, 0),
    );
    if (change === undefined) throw clusterNotFound(id);
    if (change.changed) {
      this.bus.announce(events.clusterStatusChanged, { cluster_id: id, status: check.status, reason: check.reason });
    }
    return { cluster: change.cluster, permissions, warnings };
  }
}
