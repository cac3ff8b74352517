import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { StreamClient, type ByteStream } from '@ushadow/byte-streams';
import { pathParameters, type ByteStreamDefinition } from '@ushadow/contracts';
import { invalidInput, RpcCaller } from '@ushadow/messaging';
import type { Request } from 'express';
import { z } from 'zod';
import { RequestLimits } from '../http/request-limits.ts';
import { unknownId } from '../http/unknown-id.ts';

const AFTER_MAX = 16_000;
const after = z.string().max(AFTER_MAX).optional();

/** Asks the service that has a stream for it, over the bus, and connects to the process that has answered. */
@Injectable()
export class OpenByteStream implements OnApplicationShutdown {
  private readonly client = new StreamClient();
  private readonly caller: RpcCaller;
  private readonly limits: RequestLimits;

  constructor(@Inject(RpcCaller) caller: RpcCaller, @Inject(RequestLimits) limits: RequestLimits) {
    this.caller = caller;
    this.limits = limits;
  }

  /** @throws DomainError before anything is answered */
  async open(
    definition: ByteStreamDefinition,
    request: Pick<Request, 'params' | 'query' | 'ip' | 'header'>,
    signal: AbortSignal,
  ): Promise<ByteStream> {
    const { path, cost, open } = definition;
    const { after: inQuery, ...query } = request.query;
    const inPath = Object.fromEntries(pathParameters(path).map((name) => [name, request.params[name]]));
    const input = definition.input.safeParse({ ...query, ...inPath });
    if (!input.success)
      throw unknownId({ http: { path }, errors: open.errors }, input.error) ?? invalidInput(input.error);
    // An EventSource sends the header; the query is of whoever cannot set one.
    const seen = z.object({ after }).safeParse({ after: request.header('last-event-id') ?? inQuery });
    if (!seen.success) throw invalidInput(seen.error);
    if (cost !== undefined) await this.limits.take(cost, request.ip);
    const asked = { ...input.data, ...(seen.data.after === undefined ? {} : { after: seen.data.after }) };
    return this.client.open(async (certificate_sha256) => {
      const answer = await this.caller.call(open, { ...asked, certificate_sha256 } as z.input<typeof open.input>);
      return answer.stream;
    }, signal);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.client.close();
  }
}
