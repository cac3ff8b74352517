import { DomainError, events } from '@ushadow/contracts';
import type { EventBus } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { randomUUID } from 'node:crypto';
import type { OutboxRelay } from '../outbox/outbox-relay.ts';
import type { BeginStore } from './begin.store.ts';
import type { Deployment } from './deployment.ts';
import { wantedText, type CompiledObjects, type DesiredStateCipher } from './desired-state.ts';
import type { NewDeployment } from './new-deployment.ts';

/** What is to be done; the rest of a new deployment follows from who asks and when. */
export interface Wish extends Omit<
  NewDeployment,
  'id' | 'desired' | 'desiredDigest' | 'environment' | 'note' | 'actor' | 'requestId'
> {
  /** JSON of `CompiledObjects`, in clear. */
  readonly text: string;
  /** How whoever asked named it; for the refusal. */
  readonly supersede: boolean | undefined;
  readonly message: string | undefined;
}

interface Parts {
  readonly store: BeginStore;
  readonly cipher: DesiredStateCipher;
  readonly relay: OutboxRelay;
  readonly bus: EventBus;
}

/** Stores a deployment of any kind with its job in one transaction, and leaves the rest to a worker. */
export class BeginDeployment {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** @throws DomainError `DEPLOYMENT_IN_PROGRESS` */
  async run({ text, supersede = false, message, ...wish }: Wish, context: RequestContext): Promise<Deployment> {
    const { store, cipher, relay, bus } = this.parts;
    const id = randomUUID();
    const { actor, requestId } = context;
    const draft = {
      ...wish,
      ...{ id, actor, requestId },
      note: message ?? null,
      desired: cipher.encrypt(id, text),
      desiredDigest: cipher.digest(wantedText(text)),
      // Rows of before it was kept have none.
      environment: (JSON.parse(text) as Partial<CompiledObjects>).environment ?? [],
    };
    const begun = await store.begin(draft, supersede);
    if (begun.kind === 'in-progress') {
      const text = `${wish.serviceName} is being deployed to ${wish.namespace}. Wait for that deployment, cancel it, or supersede it.`;
      const details = { deployment_id: begun.deploymentId };
      throw new DomainError('DEPLOYMENT_IN_PROGRESS', 'conflict', text, { details });
    }
    for (const event of begun.events) bus.announce(events.deploymentProgressed, event, { key: event.deployment_id });
    if (begun.superseded !== undefined) {
      const { superseded } = begun;
      bus.announce(events.deploymentEndRequested, { deployment_id: superseded }, { key: superseded });
    }
    relay.nudge();
    return begun.deployment;
  }
}
