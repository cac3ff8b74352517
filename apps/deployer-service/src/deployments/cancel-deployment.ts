import { Injectable } from '@nestjs/common';
import { events, failure, operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { EventBus } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { OutboxRelay } from '@ushadow/postgres';
import { toContract } from './deployment.mapper.ts';
import { EndRequestStore } from './store/end-request.store.ts';

const operation = operations.cancelDeployment;

/** Asks a deployment to end; its worker is notified at once, or with the next renewal of its lease. */
@Injectable()
export class CancelDeployment {
  constructor(
    private readonly store: EndRequestStore,
    private readonly bus: EventBus,
    private readonly relay: OutboxRelay,
  ) {}

  async run(input: InputOf<typeof operation>, context: RequestContext): Promise<OutputOf<typeof operation>> {
    const { store, bus, relay } = this;
    const { deployment_id: id, rollback } = input;
    const { actor, requestId } = context;
    const asked = await store.cancel(id, { rollback, actor, requestId });
    if (asked === undefined) throw failure(operation, 'DEPLOYMENT_NOT_FOUND', `No deployment has the id ${id}.`);
    const { deployment, accepted, running } = asked;
    if (!accepted) {
      const { status } = deployment;
      throw failure(operation, 'DEPLOYMENT_ENDED', `The deployment has ended already: ${status}.`, {
        details: { status },
      });
    }
    for (const event of asked.events) bus.announce(events.deploymentProgressed, event, { key: id });
    if (running) bus.announce(events.deploymentEndRequested, { deployment_id: id }, { key: id });
    relay.notify();
    return toContract(deployment);
  }
}
