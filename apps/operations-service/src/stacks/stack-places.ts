import { Injectable } from '@nestjs/common';
import { operations, type StackPlaceData } from '@ushadow/contracts';
import { RpcCaller } from '@ushadow/messaging';

/** Asks the deployer where a stack is, and what is secret in it. Nothing of that is kept. */
@Injectable()
export class StackPlaces {
  constructor(private readonly caller: RpcCaller) {}

  /** @throws DomainError `STACK_NOT_FOUND` */
  find(stackId: string): Promise<StackPlaceData> {
    return this.caller.call(operations.locateStack, { stack_id: stackId });
  }

  /** Values that must not be seen in what its containers write. */
  async secretValues(stackId: string): Promise<readonly string[]> {
    return (await this.caller.call(operations.openMaskValues, { stack_id: stackId })).values;
  }
}
