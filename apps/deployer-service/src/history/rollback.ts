import type { DomainError } from '@ushadow/contracts';
import { failure, operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import type { RpcCaller } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import type { BeginDeployment } from '../deployments/begin-deployment.ts';
import { defaultOptions } from '../deployments/deploy-options.ts';
import { toContract } from '../deployments/deployment.mapper.ts';
import type { Deployment, Place } from '../deployments/deployment.ts';
import type { DeploymentStore } from '../deployments/deployment.store.ts';
import type { DesiredStateCipher } from '../deployments/desired-state.ts';
import { revisionToRestore } from './revisions.ts';

type OfDeployment = typeof operations.rollbackDeployment;
type OfService = typeof operations.rollbackService;
type Extras = Pick<InputOf<OfService>, 'supersede' | 'message'>;

const RECENT = 500;

interface Parts {
  readonly store: DeploymentStore;
  readonly begin: BeginDeployment;
  readonly cipher: DesiredStateCipher;
  readonly caller: RpcCaller;
}

/** Brings an earlier revision back, as a new deployment by the same way as any other. */
export class Rollback {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** To the last good revision before the given deployment. */
  async undo(input: InputOf<OfDeployment>, context: RequestContext): Promise<OutputOf<OfDeployment>> {
    const { deployment_id: id } = input;
    const deployment = await this.parts.store.find(id);
    if (deployment === undefined)
      throw failure(operations.rollbackDeployment, 'DEPLOYMENT_NOT_FOUND', `No deployment has the id ${id}.`);
    const { clusterId } = deployment;
    await this.parts.caller.call(operations.getCluster, { cluster_id: clusterId });
    const target = revisionToRestore(await this.recent(deployment), deployment.revision);
    if (target === undefined) throw noRevision(`There is no good revision before ${String(deployment.revision)}.`);
    return this.restore(target, input, context);
  }

  /** To the revision named, or to the last good one before the current. */
  async ofService(input: InputOf<OfService>, context: RequestContext): Promise<OutputOf<OfService>> {
    const { cluster_id: clusterId, service_name: serviceName, to_deployment_id: to } = input;
    const cluster = await this.parts.caller.call(operations.getCluster, { cluster_id: clusterId });
    const place = { clusterId, namespace: input.namespace ?? cluster.namespace, serviceName };
    const target = to === undefined ? await this.lastOffered(place) : await this.named(to, place);
    return this.restore(target, input, context);
  }

  private recent(place: Place): Promise<Deployment[]> {
    return this.parts.store.ofPlace(place, { limit: RECENT });
  }

  private async lastOffered(place: Place): Promise<Deployment> {
    const revisions = await this.recent(place);
    if (revisions.length === 0) throw notDeployed(place);
    const target = revisionToRestore(revisions);
    if (target === undefined) throw noRevision(`${place.serviceName} has no good revision to go back to.`);
    return target;
  }

  /** Whoever names one may have a bad one back; it must only be one that was whole. */
  private async named(id: string, { clusterId, namespace, serviceName }: Place): Promise<Deployment> {
    const target = await this.parts.store.find(id);
    const isOfPlace =
      target?.clusterId === clusterId && target.namespace === namespace && target.serviceName === serviceName;
    if (target === undefined || !isOfPlace) throw noRevision(`${id} is no revision of ${serviceName} in ${namespace}.`);
    if (target.status !== 'succeeded' || target.kind === 'remove')
      throw noRevision(`Revision ${String(target.revision)} never stood: ${target.kind} ${target.status}.`);
    return target;
  }

  private async restore(target: Deployment, extras: Extras, context: RequestContext) {
    const { store, cipher, begin } = this.parts;
    const { clusterId, namespace, serviceName, serviceId, objects } = target;
    const text = cipher.decrypt(target.id, await store.desired(target.id));
    const deployment = await begin.run(
      {
        ...{ clusterId, namespace, serviceName, serviceId, objects, text },
        ...defaultOptions,
        kind: 'rollback',
        // What was made immutable since then must not stand in the way back.
        recreate: 'all',
        basedOn: target.id,
        planId: null,
        planHash: null,
        supersede: extras.supersede,
        message: extras.message,
      },
      context,
    );
    return toContract(deployment);
  }
}

export function notDeployed({ serviceName, namespace }: Place): DomainError {
  const text = `${serviceName} was never deployed to ${namespace}.`;
  return failure(operations.rollbackService, 'SERVICE_NOT_DEPLOYED', text);
}

function noRevision(text: string): DomainError {
  return failure(operations.rollbackService, 'NO_REVISION', text);
}
