import { Injectable } from '@nestjs/common';
import {
  failure,
  operations,
  type DomainError,
  type InputOf,
  type OutputOf,
  type StackPlaceData,
} from '@ushadow/contracts';
import { foldEvents } from '@ushadow/live-tree';
import { StackViews } from '../live/stack-views.ts';

/** The tree of a stack, and what is said of it, as they are now. */
@Injectable()
export class LookAtStack {
  constructor(private readonly views: StackViews) {}

  async tree({ stack_id }: InputOf<typeof operations.getStackTree>): Promise<OutputOf<typeof operations.getStackTree>> {
    using held = await this.views.seen(stack_id);
    const { view, place } = held;
    // Settles what was told a moment ago.
    view.listen(() => undefined)();
    const { target, namespace, project } = place;
    const at = new Date().toISOString();
    return { stack_id, target, namespace, project, at, nodes: view.nodes(), unseen: view.unseen() };
  }

  async events({
    stack_id,
    service,
    object,
    limit,
  }: InputOf<typeof operations.listStackEvents>): Promise<OutputOf<typeof operations.listStackEvents>> {
    using held = await this.views.seen(stack_id);
    const { view, place } = held;
    if (service !== undefined && !place.services.some((each) => each.service === service))
      throw notDeployed(service, place);
    const objects = view.objects(object ?? (service === undefined ? undefined : `service:${service}`));
    return { events: foldEvents(view.eventsOf(objects), limit), unseen: view.unseen() };
  }
}

export function notDeployed(service: string, { services }: StackPlaceData): DomainError {
  const names = services.map((each) => each.service).join(', ');
  const text = `The stack has no service ${service}; it has ${names === '' ? 'none' : names}.`;
  return failure(operations.listStackEvents, 'SERVICE_NOT_DEPLOYED', text);
}
