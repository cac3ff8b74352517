import { Controller } from '@nestjs/common';
import { DomainError, failure, operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { GrantStore } from '../grants/grant.store.ts';
import { SubjectStore } from './subject.store.ts';
import { TokenStore, TOKENS_MAX } from './token.store.ts';

@Controller()
export class TokensController {
  constructor(
    private readonly store: TokenStore,
    private readonly subjects: SubjectStore,
    private readonly grants: GrantStore,
  ) {}

  @Handle(operations.authenticate)
  async authenticate({
    digest,
  }: InputOf<typeof operations.authenticate>): Promise<OutputOf<typeof operations.authenticate>> {
    const subject = await this.subjects.find(digest);
    const message = 'This token is good for nothing: it is over, was revoked, or never was one.';
    if (subject === undefined) throw new DomainError('TOKEN_UNKNOWN', 'unauthenticated', message);
    return subject;
  }

  @Handle(operations.createToken)
  async create(
    input: InputOf<typeof operations.createToken>,
    { actor }: RequestContext,
  ): Promise<OutputOf<typeof operations.createToken>> {
    const operation = operations.createToken;
    const { user = actor, name, expires_at: end } = input;
    await this.refuseOthers(user, actor);
    if (!(await this.store.isKnown(user)))
      throw failure(operation, 'USER_NOT_FOUND', `Nobody is called ${user}: give them a role first.`);
    if (end !== null && Date.parse(end) <= Date.now())
      throw failure(operation, 'TOKEN_OVER', `${end} has passed: the token would be good for nothing.`);
    if ((await this.store.list(user)).length >= TOKENS_MAX)
      throw failure(operation, 'TOO_MANY_TOKENS', `${user} has ${String(TOKENS_MAX)} tokens; revoke one first.`);
    const token = await this.store.create(user, input);
    if (token === undefined)
      throw failure(
        operation,
        'TOKEN_NAME_TAKEN',
        `${user} has a token ${name} already, or somebody has this very one.`,
      );
    return token;
  }

  @Handle(operations.listTokens)
  async list(
    { user }: InputOf<typeof operations.listTokens>,
    { actor }: RequestContext,
  ): Promise<OutputOf<typeof operations.listTokens>> {
    await this.refuseOthers(user ?? actor, actor);
    return { tokens: [...(await this.store.list(user ?? actor))] };
  }

  @Handle(operations.revokeToken)
  async revoke(
    { token_id: id }: InputOf<typeof operations.revokeToken>,
    { actor }: RequestContext,
  ): Promise<OutputOf<typeof operations.revokeToken>> {
    const user = await this.store.userOf(id);
    const isTheirs = user === actor || (user !== undefined && (await this.grants.isOwner(actor)));
    const name = isTheirs ? await this.store.revoke(user, id) : undefined;
    if (name === undefined) throw failure(operations.revokeToken, 'TOKEN_NOT_FOUND', `You have no token ${id}.`);
    return { success: true, message: `The token ${name} is revoked: it lets nobody in any more.` };
  }

  private async refuseOthers(user: string, actor: string): Promise<void> {
    if (user === actor || (await this.grants.isOwner(actor))) return;
    const message = `Tokens of ${user} are for ${user} and for owners of the installation.`;
    throw failure(operations.createToken, 'OWNER_NEEDED', message);
  }
}
