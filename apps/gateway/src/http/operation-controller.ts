import { Controller, HttpCode, Inject, Req, RequestMapping, RequestMethod, Res, type Type } from '@nestjs/common';
import type { HttpOperation } from '@ushadow/contracts';
import { unknownId } from './unknown-id.ts';
import { asAsked } from './file-answer.ts';
import { invalidInput, RpcCaller } from '@ushadow/messaging';
import type { Request, Response } from 'express';
import { Declares } from '../access/declares.ts';
import { subjectOf } from '../access/subject.ts';
import { visible } from '../access/visible.ts';
import { readInput } from './read-input.ts';
import { RequestLimits } from './request-limits.ts';

/** The controller of one operation: its route, its input, one call over the bus. */
export function operationController(operation: HttpOperation): Type {
  class OperationController {
    private readonly caller: RpcCaller;
    private readonly limits: RequestLimits;

    constructor(caller: RpcCaller, limits: RequestLimits) {
      this.caller = caller;
      this.limits = limits;
    }

    async handle(request: Request, response: Response): Promise<unknown> {
      const input = operation.input.safeParse(readInput(operation.http, request));
      if (!input.success) throw unknownId(operation, input.error) ?? invalidInput(input.error);
      const { cost } = operation.http;
      if (cost !== undefined) await this.limits.take(cost, request.ip);
      const output = await this.caller.call(operation, input.data);
      if (isAccepted(operation, output)) response.status(202);
      return asAsked(operation.http, request, visible(output, operation.access, subjectOf(request)));
    }
  }
  Object.defineProperty(OperationController, 'name', { value: `${operation.service}.${operation.name}` });
  const { prototype } = OperationController;
  const descriptor = Object.getOwnPropertyDescriptor(prototype, 'handle') ?? {};
  RequestMapping({ path: operation.http.path, method: RequestMethod[operation.http.method] })(
    prototype,
    'handle',
    descriptor,
  );
  HttpCode(operation.http.status ?? 200)(prototype, 'handle', descriptor);
  Req()(prototype, 'handle', 0);
  Res({ passthrough: true })(prototype, 'handle', 1);
  Inject(RpcCaller)(OperationController, undefined, 0);
  Inject(RequestLimits)(OperationController, undefined, 1);
  Declares({
    access: operation.access,
    read: (asked) => operation.input.safeParse(readInput(operation.http, asked as Request)).data,
  })(OperationController);
  Controller()(OperationController);
  return OperationController;
}

/** Whether there is work left that the answer names. */
function isAccepted({ http: { acceptedBy } }: HttpOperation, output: unknown): boolean {
  return acceptedBy !== undefined && (output as Readonly<Record<string, unknown>>)[acceptedBy] != null;
}

/** Fixed paths before parameters: `/clusters/…` must never be taken for `/:cluster_id/…`. */
export function bySpecificity(a: HttpOperation, b: HttpOperation): number {
  const rank = (operation: HttpOperation): string => operation.http.path.replaceAll(/:[a-z_]+/g, '~');
  return rank(a) < rank(b) ? -1 : 1;
}
