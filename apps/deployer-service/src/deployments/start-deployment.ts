import { failure, operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { formatObjectId, objectId } from '@ushadow/kubernetes';
import type { RequestContext } from '@ushadow/observability';
import { randomUUID } from 'node:crypto';
import { auditMessage, jobMessage } from '../outbox/outbox-message.ts';
import type { OutboxRelay } from '../outbox/outbox-relay.ts';
import type { CompileDesired } from './compile-desired.ts';
import { digestOf, type DesiredStateCipher } from './desired-state.ts';
import type { DeploymentStore } from './deployment.store.ts';

const operation = operations.startDeployment;
const DEADLINE_SECONDS = 300;

interface Parts {
  readonly desired: CompileDesired;
  readonly store: DeploymentStore;
  readonly relay: OutboxRelay;
  readonly cipher: DesiredStateCipher;
}

/** Compiles what is asked for, stores it with its job in one transaction, and leaves the rest to a worker. */
export class StartDeployment {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  async run(input: InputOf<typeof operation>, context: RequestContext): Promise<OutputOf<typeof operation>> {
    const { desired, store, relay, cipher } = this.parts;
    const { cluster, namespace, serviceName, text, objects, environment, diagnostics } = await desired.run(input);
    const id = randomUUID();
    const origin = { actor: context.actor, requestId: context.requestId };
    const place = {
      clusterId: input.cluster_id,
      namespace,
      serviceId: input.service_id,
      serviceName,
    };
    const desiredDigest = digestOf(text);
    const audit = auditMessage(
      {
        action: 'deployment.requested',
        actor: origin.actor,
        request_id: origin.requestId,
        deployment_id: id,
        cluster_id: place.clusterId,
        namespace,
        service_id: place.serviceId,
        desired_digest: desiredDigest,
        verdict: null,
      },
      new Date(),
    );
    const stored = await store.create(
      {
        id,
        ...place,
        ...origin,
        objects: objects.map((object) => formatObjectId(objectId(object))),
        desired: cipher.encrypt(id, text),
        desiredDigest,
        environment,
        deadlineSeconds: input.deadline_seconds ?? DEADLINE_SECONDS,
      },
      [audit, jobMessage(id, origin)],
    );
    if (!stored.created) {
      throw failure(
        operation,
        'DEPLOYMENT_IN_PROGRESS',
        `${place.serviceName} is being deployed to ${namespace}. Wait for that deployment to end.`,
        {
          details: { deployment_id: stored.inProgress },
        },
      );
    }
    relay.nudge();
    return {
      success: true,
      message: `Deployment of ${place.serviceName} to namespace ${namespace} of ${cluster.name}: ${String(objects.length)} objects`,
      deployment_id: id,
      service_id: place.serviceId,
      namespace,
      node_name: input.node_name ?? null,
      status: 'pending',
      diagnostics,
    };
  }
}
