import { Controller } from '@nestjs/common';
import { failure, GRANTS_MAX, operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { GrantStore } from './grant.store.ts';

@Controller()
export class GrantsController {
  constructor(private readonly store: GrantStore) {}

  @Handle(operations.listUsers)
  async list(): Promise<OutputOf<typeof operations.listUsers>> {
    const users = await this.store.users();
    return {
      users: users.map(({ user, createdAt, grants }) => ({
        ...{ user, created_at: createdAt.toISOString() },
        grants: [...grants],
      })),
    };
  }

  @Handle(operations.giveGrant)
  async give(
    input: InputOf<typeof operations.giveGrant>,
    { actor }: RequestContext,
  ): Promise<OutputOf<typeof operations.giveGrant>> {
    const given = await this.store.give(input, actor);
    if (given === 'held')
      throw failure(operations.giveGrant, 'GRANT_HELD', `${input.user} is ${input.role} there already.`);
    if (given === 'too-many')
      throw failure(operations.giveGrant, 'TOO_MANY_GRANTS', `${input.user} holds ${String(GRANTS_MAX)} grants.`);
    return given;
  }

  @Handle(operations.takeGrant)
  async take({ grant_id: id }: InputOf<typeof operations.takeGrant>): Promise<OutputOf<typeof operations.takeGrant>> {
    const taken = await this.store.take(id);
    if (taken === undefined) throw failure(operations.takeGrant, 'GRANT_NOT_FOUND', `There is no grant ${id}.`);
    if (taken === 'last-owner')
      throw failure(
        operations.takeGrant,
        'LAST_OWNER',
        'This is the last owner of the installation: make somebody else owner first.',
      );
    return { success: true, message: `${taken.user} is ${taken.role} there no more.` };
  }
}
