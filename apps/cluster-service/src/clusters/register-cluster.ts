import { Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';
import { DomainError, events, failure, operations, type InputOf } from '@ushadow/contracts';
import { EventBus } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { AddressPolicy } from '@ushadow/outbound';
import { acceptUpload, type AcceptedUpload } from '../check/accept-upload.ts';
import { credentialTimes } from '../credentials/credential-times.ts';
import { CredentialVault } from '../credentials/credential-vault.ts';
import { endpointOf, identityOf } from '../identity/cluster-identity.ts';
import { readUpload } from '../kubeconfig/read-upload.ts';
import { CheckSchedule } from '../status/check-schedule.ts';
import { ClusterStore, type Clash } from './cluster.store.ts';
import { DEFAULT_NAMESPACE, type RegisteredCluster } from './cluster.ts';

const operation = operations.registerCluster;
type Input = InputOf<typeof operation>;

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

  /** A request that is carried out again under its key gives back the cluster that it has registered. */
  async run(input: Input, { effectId }: Pick<RequestContext, 'effectId'> = {}): Promise<RegisteredCluster> {
    const { name, labels = {}, namespace = DEFAULT_NAMESPACE, allow_unreachable: allowUnreachable = false } = input;
    const upload = readUpload(input.kubeconfig, input.context);
    const accept = (): Promise<AcceptedUpload> => acceptUpload(upload, this.policy, { namespace, allowUnreachable });
    const id = effectId === undefined ? randomBytes(ID_BYTES).toString('hex') : idOfEffect(effectId);
    const before = effectId === undefined ? undefined : await this.store.find(id);
    if (before !== undefined) return { cluster: before, ...(await accept().catch(unseen)) };
    if (await this.store.isNameTaken(name)) throw nameTaken(name);
    const { check, permissions, warnings } = await accept();
    const { context, connection } = upload;
    const now = new Date();
    const { server } = connection;
    const outcome = await this.store.create(
      {
        id,
        name,
        context,
        server,
        namespace,
        labels,
        ...this.vault.seal(id, 1, connection),
        ...identityOf(endpointOf(connection), check),
        credentialExpiresAt: credentialTimes(connection.auth).expires,
      },
      {
        check,
        now,
        nextCheckAt: this.schedule.next(now, check.status, 0),
        allowDuplicate: input.allow_duplicate ?? false,
      },
    );
    if ('clash' in outcome) {
      // The same request may have been carried out meanwhile.
      const same = await this.store.find(id);
      if (same === undefined) throw refusalOf(outcome.clash, name);
      return { cluster: same, permissions, warnings };
    }
    this.bus.announce(events.clusterRegistered, { cluster_id: id, name });
    return { cluster: outcome.created, permissions, warnings };
  }
}

function idOfEffect(effectId: string): string {
  return createHash('sha256')
    .update(effectId)
    .digest('hex')
    .slice(0, 2 * ID_BYTES);
}

/** What is registered stays so, however its API server is now. */
function unseen(error: unknown): Pick<RegisteredCluster, 'permissions' | 'warnings'> {
  if (error instanceof DomainError) return { permissions: null, warnings: [] };
  throw error;
}

function refusalOf(clash: Clash, name: string): DomainError {
  if (clash === 'name-taken') return nameTaken(name);
  const { id, name: existing } = clash.sameAs;
  return failure(
    operation,
    'CLUSTER_ALREADY_REGISTERED',
    `This API server is registered already, as "${existing}". Use that cluster; if this credential is the better one, replace the credential of "${existing}" with it; to have the API server here twice, send allow_duplicate: true.`,
    { details: { cluster_id: id, name: existing } },
  );
}

export function nameTaken(name: string): DomainError {
  return failure(operation, 'CLUSTER_NAME_TAKEN', `Another cluster is called "${name}"; choose another name.`);
}
