import { Injectable } from '@nestjs/common';
import { failure, operations, type InputOf, clusterOf } from '@ushadow/contracts';
import { RpcCaller } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { randomUUID } from 'node:crypto';
import { HOOKS_MAX, type Hook } from './hook.ts';
import { HookVault, tokenDigest } from './hook-vault.ts';
import { HookStore } from './hook.store.ts';

const operation = operations.createHook;

@Injectable()
export class CreateHook {
  constructor(
    private readonly store: HookStore,
    private readonly vault: HookVault,
    private readonly rpc: RpcCaller,
  ) {}

  async run(input: InputOf<typeof operation>, { actor }: RequestContext): Promise<Hook> {
    const { stack_id: stackId, name, token, signing_key: key, services = [] } = input;
    const stack = await this.rpc.call(operations.getStack, { stack_id: stackId });
    const known = stack.services.map(({ service }) => service);
    if (known.length === 0)
      throw failure(operation, 'SERVICE_NOT_DEPLOYED', `${stack.project} was removed: nothing of it could be updated.`);
    const unknown = services.find((service) => !known.includes(service));
    if (unknown !== undefined)
      throw failure(
        operation,
        'SERVICE_NOT_DEPLOYED',
        `${stack.project} has no service ${unknown}; it has: ${known.join(', ')}.`,
      );
    if ((await this.store.list(stackId)).length >= HOOKS_MAX)
      throw failure(operation, 'TOO_MANY_HOOKS', `${stack.project} has ${String(HOOKS_MAX)} hooks already.`);
    const id = randomUUID();
    const hook = await this.store.create(
      {
        ...{ id, stackId, name, services, anyRepository: input.any_repository ?? false, createdBy: actor },
        tokenDigest: tokenDigest(token),
        envelope: key === undefined ? null : this.vault.seal(id, key),
      },
      { clusterId: clusterOf(stack.target), namespace: stack.namespace, project: stack.project },
    );
    if (hook === undefined)
      throw failure(operation, 'HOOK_NAME_TAKEN', `${stack.project} has a hook ${name}, or this token, already.`);
    return hook;
  }
}
