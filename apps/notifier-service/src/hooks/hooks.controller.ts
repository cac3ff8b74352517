import { Controller } from '@nestjs/common';
import { failure, operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { CallHook } from './call-hook.ts';
import { CreateHook } from './create-hook.ts';
import { toContract } from './hook.ts';
import { HookStore } from './hook.store.ts';

@Controller()
export class HooksController {
  constructor(
    private readonly store: HookStore,
    private readonly createHook: CreateHook,
    private readonly callHook: CallHook,
  ) {}

  @Handle(operations.createHook)
  async create(
    input: InputOf<typeof operations.createHook>,
    context: RequestContext,
  ): Promise<OutputOf<typeof operations.createHook>> {
    return toContract(await this.createHook.run(input, context));
  }

  @Handle(operations.listHooks)
  async list({
    stack_id: stackId,
  }: InputOf<typeof operations.listHooks>): Promise<OutputOf<typeof operations.listHooks>> {
    return { hooks: (await this.store.list(stackId)).map(toContract) };
  }

  @Handle(operations.removeHook)
  async remove({
    stack_id: stackId,
    hook_id: id,
  }: InputOf<typeof operations.removeHook>): Promise<OutputOf<typeof operations.removeHook>> {
    const name = await this.store.remove(stackId, id);
    if (name === undefined) throw failure(operations.removeHook, 'HOOK_NOT_FOUND', `The stack has no hook ${id}.`);
    return { success: true, message: `The hook ${name} is revoked: its token is good for nothing any more.` };
  }

  @Handle(operations.callHook)
  call(
    input: InputOf<typeof operations.callHook>,
    context: RequestContext,
  ): Promise<OutputOf<typeof operations.callHook>> {
    return this.callHook.run(input, context);
  }
}
