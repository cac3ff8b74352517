import { Injectable } from '@nestjs/common';
import { DomainError, events } from '@ushadow/contracts';
import { formatObjectId, objectId } from '@ushadow/kubernetes';
import { EventBus } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { randomUUID } from 'node:crypto';
import { OutboxRelay } from '@ushadow/postgres';
import { BeginStore } from './store/begin.store.ts';
import { partOf } from '../content/merge-content.ts';
import type { StackUpdate } from '../content/stack-content.ts';
import type { Deployment } from './deployment.ts';
import { wantedText, DesiredStateCipher } from './desired-state.ts';
import type { NewDeployment } from './new-deployment.ts';

/** What is to be done; the rest of a new deployment follows from who asks and when. */
export interface Request extends Omit<
  NewDeployment,
  'id' | 'services' | 'objects' | 'desired' | 'desiredDigest' | 'environment' | 'note' | 'actor' | 'requestId'
> {
  readonly update: StackUpdate;
  /** Undefined: what is under way is a refusal. */
  readonly supersede: boolean | undefined;
  readonly message: string | undefined;
}

/** Stores a deployment of any kind with its job in one transaction, and leaves the rest to a worker. */
@Injectable()
export class BeginDeployment {
  constructor(
    private readonly store: BeginStore,
    private readonly cipher: DesiredStateCipher,
    private readonly relay: OutboxRelay,
    private readonly bus: EventBus,
  ) {}

  /** @throws DomainError `DEPLOYMENT_IN_PROGRESS` */
  async run({ update, supersede, message, ...request }: Request, context: RequestContext): Promise<Deployment> {
    const { store, cipher, relay, bus } = this;
    const id = context.effectId ?? randomUUID();
    const { actor, requestId } = context;
    const { content, selected, gone } = update;
    const draft = {
      ...request,
      ...{ id, actor, requestId },
      services: [...selected, ...gone],
      note: message ?? null,
      objects: partOf(content, selected).objects.map(({ object }) => formatObjectId(objectId(object))),
      desired: cipher.encryptUpdate(id, update),
      desiredDigest: cipher.digest(wantedText(update)),
      environment: Object.fromEntries(
        Object.entries(content.services).map(([service, { environment }]) => [service, environment]),
      ),
    };
    const begun = await store.begin(draft, supersede);
    if (begun.kind === 'in-progress') {
      const { project, namespace } = request;
      const text = `${project} in ${namespace} is being deployed. Wait for that deployment, cancel it, or supersede it.`;
      const details = { deployment_id: begun.deploymentId };
      throw new DomainError('DEPLOYMENT_IN_PROGRESS', 'conflict', text, { details });
    }
    for (const event of begun.events) bus.announce(events.deploymentProgressed, event, { key: event.deployment_id });
    if (begun.superseded !== undefined) {
      const { superseded } = begun;
      bus.announce(events.deploymentEndRequested, { deployment_id: superseded }, { key: superseded });
    }
    relay.notify();
    return begun.deployment;
  }
}
